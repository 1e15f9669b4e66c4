import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSyslogLine } from '../../../server/sources/syslogHeader.ts';

describe('syslog headers', () => {
  test.each([
    ['RFC 5424', '<142>1 2026-03-01T08:00:00.123+07:00 ids-68 suricata 812 - - {"a":1}', 'ids-68', '{"a":1}'],
    ['RFC 5424 with data', '<142>1 2026-03-01T08:00:00Z ids-68 suricata - - [a@1 b="\\"]"][c@1] \ufeff@cee: {"a":1}', 'ids-68', '{"a":1}'],
    ['RFC 5424 without a host', '<142>1 - - - - - - {"a":1}', null, '{"a":1}'],
    ['RFC 3164', '<142>Mar  1 08:00:00 ids-68 suricata[812]: {"a":1}', 'ids-68', '{"a":1}'],
    ['RFC 3164 with a cookie', '<142>Mar 11 08:00:00 ids-68 suricata: @cee:{"a":1}', 'ids-68', '{"a":1}'],
    ['RFC 3164 with a written time', '<142>2026-03-01T08:00:00+07:00 ids-68 wazuh: {"a":1}', 'ids-68', '{"a":1}'],
    ['a line of a file', 'Mar  1 08:00:00 ids-68 {"a":1}', 'ids-68', '{"a":1}'],
    ['a priority alone', '<142>{"a":1}', null, '{"a":1}'],
    ['nothing', '{"a":1}', null, '{"a":1}'],
    ['nothing, with text', 'một hai', null, 'một hai'],
    ['RFC 3164 before text', '<134>Mar  1 08:00:00 fw CEF:0|a', 'fw', 'CEF:0|a'],
  ])('[SL6] %s', (_, line, host, message) => {
    expect(parseSyslogLine(line)).toEqual({ host, message });
  });

  test('[SL6] any line is a message of some host or of none', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '<13>', '<13>1 ', '<13>Mar  1 08:00:00 ', '<13>1 - h - - - ['), (rest, start) => {
      const { message } = parseSyslogLine(start + rest);
      expect((start + rest).endsWith(message)).toBe(true);
    }));
  });
});
