import type { DecodedItem, FeedAdapter } from '../../ports/feed.ts';
import { attackOf } from '../attack.ts';
import { decodeLines } from '../bodyLines.ts';
import { type Decoding, labelHints, textOf, toHints, toUnreadable } from '../decoding.ts';
import type { Placer } from '../placement.ts';
import { toReportItem } from '../securityItem.ts';
import { parseSenderInstant } from '../senderClock.ts';
import { type NormalisedSeverity, normaliseSeverity } from '../severity.ts';
import { isCritical } from '../suricata/event.ts';
import { tlpOf } from '../tlp.ts';
import { textsWithin } from '../withoutPeople.ts';
import { WazuhAlert } from './alert.ts';

const LINES = 'application/x-ndjson';

const EXAMPLE = {
  id: '1772326800.12345', timestamp: '2026-03-01T08:00:00.123+0700',
  rule: { id: '5712', level: 10, description: 'sshd: brute force trying to get access to the system', groups: ['syslog', 'sshd'] },
  agent: { id: '003', name: 'web-01', labels: { ioc_locality: '11' } }, manager: { name: 'wazuh-dienbien' }, data: { srcip: '203.0.113.7' },
};

/** Alerts of Wazuh 4: one a call from an integration script, or lines of alerts.json. */
export function createWazuhFeed(placer: Placer): FeedAdapter {
  return {
    format: 'wazuh',
    accepts: [
      { mediaType: 'application/json', largeIntegers: 'text', description: 'One alert, as a Wazuh integration script gets it.', schema: WazuhAlert, example: EXAMPLE },
      { mediaType: LINES, reading: 'json-lines', largeIntegers: 'text', description: 'Lines of alerts.json.', schema: WazuhAlert, example: EXAMPLE },
    ],
    decode({ mediaType, payload, receivedAtMs }, feed) {
      const decoding = { feed, placer, receivedAtMs };
      if (mediaType === LINES) return decodeLines(payload, (alert, at) => decodeAlert(alert, at, decoding));
      return { isBatch: false, items: [decodeAlert(payload, '', decoding)] };
    },
  };
}

function decodeAlert(sent: unknown, at: string, decoding: Decoding): DecodedItem {
  const parsed = WazuhAlert.safeParse(sent);
  if (!parsed.success) return toUnreadable(parsed.error, sent, at);
  const { id, timestamp, rule, agent, manager, data } = parsed.data;
  const { gid, signature_id, metadata } = data?.alert ?? {};
  return toReportItem({
    identity: [manager.name, id],
    // Every alert of Suricata comes under one rule of Wazuh's: without its signature they would all be one condition.
    condition: [manager.name, rule.id, agent?.id, data?.srcip ?? data?.src_ip, ...(signature_id === undefined ? [] : [`${gid ?? '-'}:${signature_id}`, data?.dest_ip])],
    transition: 'seen',
    atMs: parseSenderInstant(timestamp) ?? decoding.receivedAtMs,
    severity: severityOf(parsed.data, decoding),
    titles: [rule.description, `Wazuh ${rule.id}`],
    quoted: quotable(sent),
    hints: [...labelHints('label', decoding.feed, (name) => [textOf(agent?.labels, name)]), ...toHints('host', [agent?.name])],
    attack: attackOf([rule.mitre?.tactic, metadata?.mitre_tactic_id], [rule.mitre?.id, metadata?.mitre_technique_id]), tlp: tlpOf([], decoding.feed),
  }, decoding);
}

/** Of `data`: what a rule of Suricata, a known weakness or a benchmark is called. */
const NAMES_NO_ONE: ReadonlySet<string> = new Set(['alert', 'vulnerability', 'sca']);

/** A description is the rule's own words, with values of the event where it says `$(field)`: looked at only to be left out. */
function quotable(sent: unknown): string[] {
  const { data, syscheck } = Object(sent) as { readonly data?: unknown; readonly syscheck?: unknown };
  return [...Object.entries(Object(data)).flatMap(([name, part]) => (NAMES_NO_ONE.has(name) ? [] : textsWithin(part))), ...textsWithin(syscheck)];
}

/** Wazuh gives every alert of Suricata level 3, whatever it is of. */
function severityOf({ rule, data }: WazuhAlert, { feed }: Decoding): NormalisedSeverity {
  const alert = data?.alert;
  if (!rule.groups.includes('suricata') || alert === undefined) return normaliseSeverity('wazuh', rule.level, feed);
  return normaliseSeverity('suricata', isCritical(alert.metadata) ? 'Critical' : alert.severity, feed);
}
