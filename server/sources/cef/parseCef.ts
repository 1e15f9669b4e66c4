/** One CEF event, unescaped. */
export interface CefEvent {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  readonly signatureId: string;
  readonly name: string;
  readonly severity: string;
  /** By key. Of a key that comes twice the first counts: a message that was not escaped may hold something that looks like a key. */
  readonly extension: ReadonlyMap<string, string>;
}

/** In a syslog line the event begins after the header; "CEF:0|" within a value never comes before it. */
const START = /(?:^|[\s:>])CEF: ?[01]\|/;
const HEADER_FIELDS = 6;
/** Values may hold spaces, so a value ends where a space, a key and "=" follow. An escaped "=" has a backslash before it, which no key has. */
const KEY = /(?:^|\s)([\w.[\]-]{1,100})=/g;

/** `null`: no CEF event with its seven header fields is in this line. */
export function parseCef(line: string): CefEvent | null {
  const start = START.exec(line);
  if (start === null) return null;
  const fields: string[] = [];
  let from = start.index + start[0].length;
  for (let at = from; at < line.length && fields.length < HEADER_FIELDS; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '|') {
      fields.push(line.slice(from, at).replace(/\\([\\|])/g, '$1'));
      from = at + 1;
    }
  }
  const [vendor, product, version, signatureId, name, severity] = fields;
  if (vendor === undefined || product === undefined || version === undefined || signatureId === undefined || name === undefined || severity === undefined) return null;
  return { vendor, product, version, signatureId, name, severity, extension: parseExtension(line.slice(from)) };
}

function parseExtension(text: string): Map<string, string> {
  const extension = new Map<string, string>();
  let key: string | undefined;
  let from = 0;
  const endValue = (end: number) => {
    if (key !== undefined && !extension.has(key)) extension.set(key, unescapeValue(text.slice(from, end)));
  };
  for (const match of text.matchAll(KEY)) {
    endValue(match.index);
    key = match[1];
    from = match.index + match[0].length;
  }
  endValue(text.length);
  return extension;
}

const ESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r' };

/** `\|` is not asked for in a value, and some senders write it. Any other backslash is one. */
function unescapeValue(value: string): string {
  return value.replace(/\\([\\=|nr])/g, (_escape, mark: string) => ESCAPED[mark] ?? mark);
}
