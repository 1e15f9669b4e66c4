import { showValue } from '../../../shared/protocol/fieldProblem.ts';
import type { DecodedItem, FeedAdapter } from '../../ports/feed.ts';
import type { FeedSettings } from '../../ports/feedSettings.ts';
import { type Decoding, labelHints, textOf, toHints, toUnreadable } from '../decoding.ts';
import { marksOf, stateRuleOf, toAlertItem } from '../heardAlert.ts';
import type { PlaceHint, Placer } from '../placement.ts';
import { notAfterReceipt } from '../senderClock.ts';
import { toBoundedId } from '../senderText.ts';
import { AlertmanagerAlert, AlertmanagerMessage } from './message.ts';

const EXAMPLE = {
  version: '4', groupKey: '{}:{alertname="LinkDown"}', truncatedAlerts: 0, status: 'firing', receiver: 'ioc',
  groupLabels: { alertname: 'LinkDown' }, commonLabels: { alertname: 'LinkDown' }, commonAnnotations: {}, externalURL: 'http://alertmanager.example:9093',
  alerts: [{
    status: 'firing', labels: { alertname: 'LinkDown', severity: 'critical', district: '672', instance: 'sw-672-core:9100' }, annotations: { summary: 'Mất đường truyền' },
    startsAt: '2026-03-01T01:00:00.123456789Z', endsAt: '0001-01-01T00:00:00Z', generatorURL: '', fingerprint: '282a7301731e1ea7',
  }],
};

/** Alertmanager's webhook, version 4, and Grafana's, which is a superset. */
export function createAlertmanagerFeed(placer: Placer): FeedAdapter {
  return {
    format: 'alertmanager',
    accepts: [{
      mediaType: 'application/json', description: 'One notification: the alerts of a group, firing and resolved, as Alertmanager (version 4) and Grafana post them.',
      schema: AlertmanagerMessage, example: EXAMPLE,
    }],
    decode: ({ payload, receivedAtMs }, feed) => ({ isBatch: true, items: decodeMessage(payload, { feed, placer, receivedAtMs }) }),
  };
}

function decodeMessage(payload: unknown, decoding: Decoding): DecodedItem[] {
  const { alerts, truncatedAlerts } = Object(payload) as { readonly alerts?: unknown; readonly truncatedAlerts?: unknown };
  if (!Array.isArray(alerts)) {
    return [{ kind: 'unreadable', id: null, problems: [{ where: '/alerts', got: showValue(alerts), expected: 'the list of alerts of an Alertmanager or Grafana webhook' }] }];
  }
  const items = alerts.map((alert, index) => decodeAlert(alert, `/alerts/${index}`, decoding));
  if (typeof truncatedAlerts !== 'number' || !(truncatedAlerts > 0)) return items;
  return [...items, { kind: 'ignored', id: null, why: `${truncatedAlerts} alerts were cut from this message by the sender; raise max_alerts of its webhook receiver, or set it to 0` }];
}

/** Each by its own status: that of the message is "firing" while any of the group is. */
function decodeAlert(sent: unknown, at: string, decoding: Decoding): DecodedItem {
  const { feed, receivedAtMs } = decoding;
  const parsed = AlertmanagerAlert.safeParse(sent);
  if (!parsed.success) {
    const fingerprint = textOf(sent, 'fingerprint');
    return toUnreadable(parsed.error, sent, at, fingerprint === undefined ? null : toBoundedId(fingerprint));
  }
  const { status, labels, annotations, startsAt, endsAt, fingerprint } = parsed.data;
  const label = (name: string) => textOf(labels, name);
  const name = label('alertname') ?? '';
  const alertId = `${fingerprint}/${startsAt}`;
  if (label('ioc_heartbeat') === 'true' && stateRuleOf(feed, name) === undefined) {
    return { kind: 'ignored', id: toBoundedId(alertId), why: 'heartbeat' };
  }
  return toAlertItem({
    alertId, conditionId: fingerprint,
    // One fingerprint is one alert at a time: its end is that of whatever start it was told under.
    transition: status === 'firing' ? 'raised' : 'cleared', isOfCondition: status === 'resolved',
    atMs: notAfterReceipt(status === 'firing' ? startsAt : Math.max(startsAt, endsAt ?? receivedAtMs), receivedAtMs),
    name, titles: [annotations?.summary, name, fingerprint],
    severity: label('severity'), hints: hintsOf(label, feed), placeAt: `${at}/labels`, ...marksOf((mark) => [label(mark)], feed),
  }, decoding);
}

function hintsOf(label: (name: string) => string | undefined, feed: FeedSettings): PlaceHint[] {
  const hosts = [label('instance'), label('host')].flatMap((host) => [host, host?.replace(/:\d+$/, '')]);
  return [...labelHints('label', feed, (name) => [label(name)]), ...toHints('host', hosts)];
}
