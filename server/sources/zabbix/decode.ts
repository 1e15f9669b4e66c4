import { z } from 'zod';
import { describeIssues, showValue } from '../../../shared/protocol/fieldProblem.ts';
import type { AcceptedBody, BodyLine, DecodedItem, FeedAdapter, FeedRequest } from '../../ports/feed.ts';
import type { FeedSettings } from '../../ports/feedSettings.ts';
import { type HeardAlert, notAfterReceipt, toAlertItem } from '../heardAlert.ts';
import type { PlaceHint, Placer } from '../placement.ts';
import { EventId, ExportedProblem, ExportedRecovery, MediaTypeMessage } from './message.ts';

const EXPORT = 'application/x-ndjson';
const MEDIA_TYPE = 'application/json';

const ACCEPTS: readonly AcceptedBody[] = [
  {
    mediaType: EXPORT, reading: 'json-lines', description: 'Real-time export or connector: one event a line. Item values and trends are counted and not kept.',
    schema: z.union([ExportedProblem, ExportedRecovery]),
    example: {
      clock: 1_772_326_800, ns: 250_000_000, value: 1, eventid: 42, name: 'Mất đường truyền', severity: 4,
      hosts: [{ host: 'sw-672-core', name: 'Bảo Lâm core' }], groups: ['Lâm Đồng'], tags: [{ tag: 'district', value: '672' }],
    },
  },
  {
    mediaType: MEDIA_TYPE, description: 'What docs/feeds/zabbix/media-type.yaml posts: one problem or its recovery.', schema: MediaTypeMessage,
    example: { eventid: '42', value: 1, update: false, nseverity: 4, name: 'Mất đường truyền', host: 'sw-672-core', tags: [{ tag: 'district', value: '672' }], clock: 1_772_326_800 },
  },
];

export function createZabbixFeed(placer: Placer): FeedAdapter {
  return { format: 'zabbix', accepts: ACCEPTS, decode: (request, feed) => decodeZabbix(request, feed, placer) };
}

function decodeZabbix({ mediaType, payload, receivedAtMs }: FeedRequest, feed: FeedSettings, placer: Placer): ReturnType<FeedAdapter['decode']> {
  if (mediaType === MEDIA_TYPE) return { isBatch: false, items: [decodeMediaType(payload, receivedAtMs, feed, placer)] };
  if (!Array.isArray(payload)) {
    return { isBatch: true, items: [{ kind: 'unreadable', id: null, problems: [{ where: 'body', got: showValue(payload), expected: 'lines of JSON' }] }] };
  }
  return { isBatch: true, items: (payload as readonly BodyLine[]).map((line) => decodeLine(line, receivedAtMs, feed, placer)) };
}

function decodeLine(line: BodyLine, receivedAtMs: number, feed: FeedSettings, placer: Placer): DecodedItem {
  if ('problems' in line) return { kind: 'unreadable', id: null, problems: line.problems };
  const { value: sent } = line;
  const { itemid, value } = Object(sent) as { readonly itemid?: unknown; readonly value?: unknown };
  if (itemid !== undefined) return { kind: 'ignored', id: null, why: 'value or trend of an item: set the data type of the connector to events' };
  const at = `line ${line.line} `;
  if (value === 0) {
    const recovery = ExportedRecovery.safeParse(sent);
    if (!recovery.success) return notReadable(recovery.error, sent, at);
    return clearOf(recovery.data.p_eventid, momentOf(recovery.data, receivedAtMs), feed);
  }
  const problem = ExportedProblem.safeParse(sent);
  if (!problem.success) return notReadable(problem.error, sent, at);
  const { eventid, name, severity, hosts, tags } = problem.data;
  const hostNames = hosts.flatMap((host) => [host.name, host.host]).filter((host) => host !== undefined);
  const heard: HeardAlert = {
    alertId: eventid, conditionId: conditionOf(hosts[0]?.host ?? hosts[0]?.name, name), transition: 'raised', atMs: momentOf(problem.data, receivedAtMs),
    name, titles: [name], severity, hints: hintsOf(tags, hostNames, feed), placeAt: `${at}/tags`,
  };
  // Its recovery will say only which event it ends, so it can never take back the state of a series.
  return toAlertItem(heard, { ...feed, states: [] }, placer);
}

function decodeMediaType(sent: unknown, receivedAtMs: number, feed: FeedSettings, placer: Placer): DecodedItem {
  if ((Object(sent) as { readonly test?: unknown }).test === true) return { kind: 'ignored', id: null, why: 'test message' };
  const parsed = MediaTypeMessage.safeParse(sent);
  if (!parsed.success) return notReadable(parsed.error, sent, '');
  const { eventid, value, update, nseverity, name, host, tags, clock } = parsed.data;
  if (update) return { kind: 'ignored', id: eventid, why: 'update of a problem: acknowledged, commented or its severity changed' };
  return toAlertItem({
    alertId: eventid, conditionId: conditionOf(host, name), transition: value === 1 ? 'raised' : 'cleared',
    atMs: typeof clock === 'number' ? momentOf({ clock, ns: 0 }, receivedAtMs) : receivedAtMs,
    name, titles: [name], severity: nseverity, hints: hintsOf(tags, [host], feed), placeAt: '/tags',
  }, feed, placer);
}

/** The end of a problem of which nothing else is said: the book keeps what the raise said ([MA14]). */
function clearOf(alertId: string, atMs: number, feed: FeedSettings): DecodedItem {
  return {
    kind: 'report', id: alertId,
    report: {
      kind: 'alert', alertId, conditionId: alertId, transition: 'cleared', atMs, domain: feed.domain,
      severity: 'unknown', rawSeverity: null, title: `Zabbix ${alertId}`, localityCode: null, placedBy: null,
    },
  };
}

function notReadable(error: z.ZodError, sent: unknown, at: string): DecodedItem {
  const id = EventId.safeParse(Reflect.get(Object(sent), 'eventid'));
  return { kind: 'unreadable', id: id.data ?? null, problems: describeIssues(error, sent, []).map((problem) => ({ ...problem, where: `${at}${problem.where}` || 'body' })) };
}

function momentOf({ clock, ns }: { readonly clock: number; readonly ns: number }, receivedAtMs: number): number {
  return notAfterReceipt(clock * 1_000 + Math.floor(ns / 1_000_000), receivedAtMs);
}

/** A trigger may open several problems of one name on one host; neither form of message names the trigger. */
function conditionOf(host: string | undefined, name: string): string {
  return `${host ?? ''}/${name}`;
}

function hintsOf(tags: readonly { readonly tag: string; readonly value: string }[], hosts: readonly string[], { placement }: FeedSettings): PlaceHint[] {
  const tagged = placement.labels.flatMap((label) => tags.filter(({ tag }) => tag === label));
  return [...tagged.map(({ value }) => ({ by: 'tag' as const, text: value })), ...hosts.map((text) => ({ by: 'host' as const, text }))];
}
