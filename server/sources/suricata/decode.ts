import { showValue } from '../../../shared/protocol/fieldProblem.ts';
import type { DecodedItem, FeedAdapter } from '../../ports/feed.ts';
import { attackOf } from '../attack.ts';
import { decodeLines } from '../bodyLines.ts';
import { type Decoding, labelHints, textOf, toHints, toUnreadable } from '../decoding.ts';
import type { Placer } from '../placement.ts';
import { toReportItem } from '../securityItem.ts';
import { parseSenderInstant } from '../senderClock.ts';
import { normaliseSeverity } from '../severity.ts';
import { tlpOf } from '../tlp.ts';
import { EveAlert, isCritical } from './event.ts';

const EXAMPLE = {
  timestamp: '2026-03-01T08:00:00.123456+0700', flow_id: 1_154_611_008_869_142, event_type: 'alert', host: 'ids-dienbien',
  src_ip: '203.0.113.7', src_port: 51_512, dest_ip: '198.51.100.20', dest_port: 443, proto: 'TCP', tx_id: 0,
  alert: { action: 'allowed', gid: 1, signature_id: 2_024_897, rev: 3, signature: 'ET SCAN example', category: 'Attempted Information Leak', severity: 2 },
};

/** EVE JSON of Suricata, one event a line. */
export function createSuricataFeed(placer: Placer): FeedAdapter {
  return {
    format: 'suricata',
    accepts: [{
      mediaType: 'application/x-ndjson', reading: 'json-lines', largeIntegers: 'text',
      description: 'Lines of eve.json. Alerts are taken; other event types are answered `ignored`.', schema: EveAlert, example: EXAMPLE,
    }],
    decode: ({ payload, receivedAtMs }, feed) => decodeLines(payload, (event, at) => decodeEvent(event, at, { feed, placer, receivedAtMs })),
  };
}

function decodeEvent(event: unknown, at: string, decoding: Decoding): DecodedItem {
  const type = textOf(event, 'event_type');
  if (type !== undefined && type !== 'alert') return { kind: 'ignored', id: null, why: `event_type ${showValue(type)} is not an alert` };
  const parsed = EveAlert.safeParse(event);
  if (!parsed.success) return toUnreadable(parsed.error, event, at);
  const { timestamp, host, flow_id, tx_id, src_ip, dest_ip, alert } = parsed.data;
  const signature = `${alert.gid}:${alert.signature_id}`;
  return toReportItem({
    identity: [host, flow_id, `${signature}:${alert.rev}`, tx_id, timestamp],
    condition: [signature, src_ip, dest_ip],
    transition: 'seen',
    atMs: parseSenderInstant(timestamp) ?? decoding.receivedAtMs,
    severity: normaliseSeverity('suricata', isCritical(alert.metadata) ? 'Critical' : alert.severity, decoding.feed),
    titles: [alert.signature, signature],
    hints: [...labelHints('label', decoding.feed, (name) => [textOf(event, name)]), ...toHints('host', [host])],
    attack: attackOf([alert.metadata?.mitre_tactic_id], [alert.metadata?.mitre_technique_id]), tlp: tlpOf([], decoding.feed),
  }, decoding);
}
