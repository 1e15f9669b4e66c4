import { createHash } from 'node:crypto';
import { z } from 'zod';
import { showValue } from '../../../shared/protocol/fieldProblem.ts';
import type { DecodedItem, FeedAdapter } from '../../ports/feed.ts';
import { attackOf } from '../attack.ts';
import { decodeLines } from '../bodyLines.ts';
import { type Decoding, labelHints, toHints } from '../decoding.ts';
import type { PlaceHint, Placer } from '../placement.ts';
import { toReportItem } from '../securityItem.ts';
import { normaliseSeverity } from '../severity.ts';
import { parseSyslogLine } from '../syslogHeader.ts';
import { tlpOf } from '../tlp.ts';
import { parseCefTime } from './cefTime.ts';
import { type CefEvent, parseCef } from './parseCef.ts';

const EXAMPLE = '<134>Mar  1 08:00:00 fw-dienbien CEF:0|Example|Firewall|7.2|100100|SQL injection|8|rt=1772326800000 src=203.0.113.7 dst=198.51.100.20 externalId=4711';

/** When it was, by trust; the first that is there counts. */
const TIME_KEYS = ['rt', 'end', 'start'];

/** Who did it, and from where: suser, duser, suid, sourceUserName, src … A name may quote them. */
const PERSON_KEY = /user|^[sd]uid$|^(src|dst)$/i;

/** ArcSight's Common Event Format, one event a line, with or without a syslog header. */
export function createCefFeed(placer: Placer): FeedAdapter {
  return {
    format: 'cef',
    accepts: [{ mediaType: 'text/plain', reading: 'text-lines', description: 'Lines of CEF, with or without a syslog header.', schema: z.string(), example: EXAMPLE }],
    decode: ({ payload, receivedAtMs }, feed) => decodeLines(payload, (line, at) => decodeLine(line, at, { feed, placer, receivedAtMs })),
  };
}

function decodeLine(line: unknown, at: string, decoding: Decoding): DecodedItem {
  const event = typeof line === 'string' ? parseCef(line) : null;
  if (typeof line !== 'string' || event === null) {
    // Never the line: nobody knows whom it speaks of.
    const got = typeof line === 'string' ? `a line of ${line.length} characters` : showValue(line);
    return { kind: 'unreadable', id: null, problems: [{ where: at.trim(), got, expected: 'CEF:0|vendor|product|version|signature id|name|severity|key=value …' }] };
  }
  const { vendor, product, signatureId, name, extension } = event;
  const timeKey = TIME_KEYS.find((key) => (extension.get(key) ?? '') !== '');
  const atMs = timeKey === undefined ? decoding.receivedAtMs : parseCefTime(extension.get(timeKey)?.trim() ?? '', decoding.receivedAtMs);
  if (atMs === null) {
    const expected = 'epoch ms, or "Mar 01 2026 08:00:00", with a zone behind it unless it is Vietnamese time';
    return { kind: 'unreadable', id: null, problems: [{ where: `${at}${timeKey}`, got: showValue(extension.get(timeKey ?? '')), expected }] };
  }
  const { host } = parseSyslogLine(line);
  const device = extension.get('dvchost') ?? host ?? undefined;
  const externalId = extension.get('externalId')?.trim();
  return toReportItem({
    identity: externalId === undefined || externalId === '' ? [hashOf(line.trim())] : [vendor, product, device, externalId],
    condition: [vendor, product, signatureId, extension.get('src'), extension.get('dst')],
    transition: 'seen', atMs,
    severity: normaliseSeverity('cef', event.severity, decoding.feed),
    titles: [name, `${product} ${signatureId}`],
    quoted: [...extension].flatMap(([key, value]) => (PERSON_KEY.test(key) ? [value.trim()] : [])),
    hints: hintsOf(event, host, decoding),
    ...marksOf(event, decoding),
  }, decoding);
}

/** Never the line itself: nobody knows whom it speaks of. */
function hashOf(line: string): string {
  return `sha256:${createHash('sha256').update(line, 'utf16le').digest('hex')}`;
}

/** Custom texts by their name, which stands under another key: `cs1Label=ioc_locality cs1=11`. */
function customTexts({ extension }: CefEvent): Map<string, string | undefined> {
  const custom = new Map<string, string | undefined>();
  for (const [key, label] of extension) if (key.endsWith('Label')) custom.set(label, extension.get(key.slice(0, -'Label'.length)));
  return custom;
}

/** CEF has no key for either; a custom text may be named "MITRE …" or "TLP". */
function marksOf(event: CefEvent, { feed }: Decoding) {
  const named = (name: RegExp) => [...customTexts(event)].flatMap(([label, text]) => (name.test(label) ? [text] : []));
  const mitre = named(/^mitre(?![a-z])/i);
  return { attack: attackOf(mitre, mitre), tlp: tlpOf(named(/^tlp$/i), feed) };
}

/** A label is a key of its own, or a custom text of that name. */
function hintsOf(event: CefEvent, host: string | null, { feed }: Decoding): PlaceHint[] {
  const { extension } = event;
  const custom = customTexts(event);
  return [
    ...labelHints('label', feed, (label) => [extension.get(label) ?? custom.get(label)]),
    ...toHints('host', [extension.get('dvchost'), extension.get('deviceExternalId'), host]),
  ];
}
