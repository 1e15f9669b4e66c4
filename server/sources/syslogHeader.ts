/** A syslog line without what carried it. */
export interface SyslogLine {
  /** Who it says it is from; `null`: it does not say. */
  readonly host: string | null;
  /** After the header, and where JSON follows, after a tag and an `@cee:` cookie too. The whole line where it has no header. */
  readonly message: string;
}

/** Up to its structured data, in which quoted values may hold "]". Some senders write a byte order mark before the message. */
const RFC_5424 = /^<\d{1,3}>[1-9]\d? \S+ (\S+) \S+ \S+ \S+ (?:-|(?:\[(?:[^\]\\"]|"(?:[^"\\]|\\.)*")*\])+)(?: \uFEFF?|$)/s;
/** The priority is only on the wire; files have the rest. Some senders write an RFC 3339 time, or a year after the day. */
const RFC_3164 = /^(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d{2}:\d{2}:\d{2}(?:\.\d+)?|\d{4}-\d{2}-\d{2}T\S+) (\S+) /;
const PRIORITY = /^<\d{1,3}>/;
/** "suricata[812]: @cee: " */
const BEFORE_JSON = /^(?:[\w./-]{1,64}(?:\[\d{1,10}\])?: *)?(?:@cee: *)?(?=\{)/;

export function parseSyslogLine(line: string): SyslogLine {
  const header = RFC_5424.exec(line) ?? RFC_3164.exec(line) ?? PRIORITY.exec(line);
  const host = header?.[1];
  return {
    // "-" is RFC 5424's way to say nothing.
    host: host === undefined || host === '-' ? null : host.slice(0, 255),
    message: line.slice(header?.[0].length ?? 0).replace(BEFORE_JSON, ''),
  };
}
