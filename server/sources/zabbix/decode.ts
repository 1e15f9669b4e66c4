import { z } from 'zod';
import type { AcceptedBody, DecodedItem, FeedAdapter } from '../../ports/feed.ts';
import type { FeedSettings } from '../../ports/feedSettings.ts';
import { decodeLines } from '../bodyLines.ts';
import { type Decoding, labelHints, toHints, toUnreadable } from '../decoding.ts';
import { marksOf, toAlertItem } from '../heardAlert.ts';
import type { PlaceHint, Placer } from '../placement.ts';
import { notAfterReceipt } from '../senderClock.ts';
import { EventId, ExportedProblem, ExportedRecovery, MediaTypeMessage } from './message.ts';

const EXPORT = 'application/x-ndjson';
const MEDIA_TYPE = 'application/json';

const ACCEPTS: readonly AcceptedBody[] = [
  {
    mediaType: EXPORT, reading: 'json-lines', largeIntegers: 'text', description: 'Real-time export or connector: one event a line. Item values and trends are counted and not kept.',
    schema: z.union([ExportedProblem, ExportedRecovery]),
    example: {
      clock: 1_772_326_800, ns: 250_000_000, value: 1, eventid: 42, name: 'Mất đường truyền', severity: 4,
      hosts: [{ host: 'sw-672-core', name: 'Đà Lạt core' }], groups: ['Lâm Đồng'], tags: [{ tag: 'district', value: '672' }],
    },
  },
  {
    mediaType: MEDIA_TYPE, description: 'What docs/feeds/zabbix/media-type.yaml posts: one problem or its recovery.', schema: MediaTypeMessage,
    example: { eventid: '42', value: 1, update: false, nseverity: 4, name: 'Mất đường truyền', host: 'sw-672-core', tags: [{ tag: 'district', value: '672' }], clock: 1_772_326_800 },
  },
];

export function createZabbixFeed(placer: Placer): FeedAdapter {
  return {
    format: 'zabbix',
    accepts: ACCEPTS,
    decode({ mediaType, payload, receivedAtMs }, feed) {
      const decoding = { feed, placer, receivedAtMs };
      if (mediaType === EXPORT) return decodeLines(payload, (sent, at) => decodeLine(sent, at, decoding));
      return { isBatch: false, items: [decodeMediaType(payload, decoding)] };
    },
  };
}

function decodeLine(sent: unknown, at: string, decoding: Decoding): DecodedItem {
  const { feed, placer, receivedAtMs } = decoding;
  const { itemid, value } = Object(sent) as { readonly itemid?: unknown; readonly value?: unknown };
  if (itemid !== undefined) return { kind: 'ignored', id: null, why: 'value or trend of an item: set the data type of the connector to events' };
  if (value === 0) {
    const recovery = ExportedRecovery.safeParse(sent);
    if (!recovery.success) return notReadable(recovery.error, sent, at);
    return clearOf(recovery.data.p_eventid, momentOf(recovery.data, receivedAtMs), feed);
  }
  const problem = ExportedProblem.safeParse(sent);
  if (!problem.success) return notReadable(problem.error, sent, at);
  const { eventid, name, severity, hosts, tags } = problem.data;
  // Its recovery will say only which event it ends, so it can never take back the state of a series.
  const withoutStates = { ...feed, states: [] };
  return toAlertItem({
    alertId: eventid, conditionId: conditionOf(hosts[0]?.host ?? hosts[0]?.name, name), transition: 'raised', atMs: momentOf(problem.data, receivedAtMs),
    name, titles: [name], severity, hints: hintsOf(tags, hosts.flatMap((host) => [host.name, host.host]), feed), placeAt: `${at}/tags`,
    ...marksOf((mark) => valuesOf(tags, mark), feed),
  }, { feed: withoutStates, placer });
}

function decodeMediaType(sent: unknown, decoding: Decoding): DecodedItem {
  const { feed, receivedAtMs } = decoding;
  if ((Object(sent) as { readonly test?: unknown }).test === true) return { kind: 'ignored', id: null, why: 'test message' };
  const parsed = MediaTypeMessage.safeParse(sent);
  if (!parsed.success) return notReadable(parsed.error, sent, '');
  const { eventid, value, update, nseverity, name, host, tags, clock } = parsed.data;
  if (update) return { kind: 'ignored', id: eventid, why: 'update of a problem: acknowledged, commented or its severity changed' };
  return toAlertItem({
    alertId: eventid, conditionId: conditionOf(host, name), transition: value === 1 ? 'raised' : 'cleared',
    atMs: typeof clock === 'number' ? momentOf({ clock, ns: 0 }, receivedAtMs) : receivedAtMs,
    name, titles: [name], severity: nseverity, hints: hintsOf(tags, [host], feed), placeAt: '/tags', ...marksOf((mark) => valuesOf(tags, mark), feed),
  }, decoding);
}

/** The end of a problem of which nothing else is said: the book keeps what the raise said ([MA14]). */
function clearOf(alertId: string, atMs: number, feed: FeedSettings): DecodedItem {
  return {
    kind: 'report', id: alertId,
    report: {
      kind: 'alert', alertId, conditionId: alertId, transition: 'cleared', atMs, domain: feed.domain,
      severity: 'unknown', rawSeverity: null, title: `Zabbix ${alertId}`, localityCode: null, placedBy: null, attack: null, tlp: feed.tlp ?? null,
    },
  };
}

function notReadable(error: z.ZodError, sent: unknown, at: string): DecodedItem {
  const id = EventId.safeParse(Reflect.get(Object(sent), 'eventid'));
  return toUnreadable(error, sent, at, id.data ?? null);
}

function momentOf({ clock, ns }: { readonly clock: number; readonly ns: number }, receivedAtMs: number): number {
  return notAfterReceipt(clock * 1_000 + Math.floor(ns / 1_000_000), receivedAtMs);
}

/** A trigger may open several problems of one name on one host; neither form of message names the trigger. */
function conditionOf(host: string | undefined, name: string): string {
  return `${host ?? ''}/${name}`;
}

type Tags = readonly { readonly tag: string; readonly value: string }[];
const valuesOf = (tags: Tags, name: string) => tags.filter(({ tag }) => tag === name).map(({ value }) => value);

function hintsOf(tags: Tags, hosts: readonly (string | undefined)[], feed: FeedSettings): PlaceHint[] {
  return [...labelHints('tag', feed, (label) => valuesOf(tags, label)), ...toHints('host', hosts)];
}
