import { z } from 'zod';
import { showValue } from '../../../shared/protocol/fieldProblem.ts';
import type { DecodedItem, FeedAdapter } from '../../ports/feed.ts';
import { attackOf } from '../attack.ts';
import { type Decoding, labelHints, textOf, toHints, toUnreadable } from '../decoding.ts';
import type { PlaceHint, Placer } from '../placement.ts';
import { toReportItem } from '../securityItem.ts';
import { normaliseSeverity } from '../severity.ts';
import { tlpOf } from '../tlp.ts';
import { partsNamed, textsWithin } from '../withoutPeople.ts';
import { OcsfFinding } from './finding.ts';

const UPDATE = 2, CLOSE = 3;
/** Resolved, archived, deleted. A suppressed finding is still there. */
const CLEARED_STATUSES: readonly unknown[] = [4, 5, 6];

const EXAMPLE = {
  class_uid: 2004, category_uid: 2, activity_id: 1, type_uid: 200_401, time: 1_772_326_800_000, severity_id: 4, status_id: 1,
  metadata: { version: '1.3.0', product: { name: 'Example EDR', vendor_name: 'Example' } },
  finding_info: { uid: 'f-2026-0001', title: 'Malware on a workstation' }, device: { hostname: 'pc-dienbien-17' },
};

/** OCSF Detection Finding (2004) and the older Security Finding (2001). */
export function createOcsfFeed(placer: Placer): FeedAdapter {
  return {
    format: 'ocsf',
    accepts: [{
      mediaType: 'application/json', largeIntegers: 'text',
      description: 'One finding, or a list of them. Other classes are answered `ignored`.', schema: z.union([OcsfFinding, z.array(OcsfFinding)]), example: EXAMPLE,
    }],
    decode({ payload, receivedAtMs }, feed) {
      const decoding = { feed, placer, receivedAtMs };
      if (!Array.isArray(payload)) return { isBatch: false, items: [decodeEvent(payload, '', decoding)] };
      return { isBatch: true, items: payload.map((event, index) => decodeEvent(event, `/${index}`, decoding)) };
    },
  };
}

function decodeEvent(event: unknown, at: string, decoding: Decoding): DecodedItem {
  const classUid: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, 'class_uid') : undefined;
  if (typeof classUid === 'number' && classUid !== 2004 && classUid !== 2001) {
    return { kind: 'ignored', id: null, why: `class_uid ${showValue(classUid)} is not a finding (2004, 2001)` };
  }
  const parsed = OcsfFinding.safeParse(event);
  if (!parsed.success) return toUnreadable(parsed.error, event, at);
  const { metadata: { product }, about, activity_id, status_id, severity_id, atMs } = parsed.data;
  const condition = [product.vendor_name, product.name ?? product.uid, about.uid];
  const isCleared = activity_id === CLOSE || CLEARED_STATUSES.includes(status_id);
  // A finding may be opened again under its uid, so that it is a condition, and each time it is created an occurrence of it.
  const isOfCondition = isCleared || activity_id === UPDATE;
  return toReportItem({
    identity: isOfCondition ? condition : [...condition, String(atMs)], condition,
    transition: isCleared ? 'condition-cleared' : isOfCondition ? 'still-raised' : 'raised',
    // Some close with the time of creation.
    atMs: isCleared ? Math.max(atMs, about.modified_time ?? 0) : atMs,
    severity: normaliseSeverity('ocsf', severity_id, decoding.feed),
    titles: [about.title, product.name],
    quoted: quotable(event),
    hints: hintsOf(parsed.data, decoding),
    attack: attackOfFinding(parsed.data),
    tlp: tlpOf([(parsed.data.osint ?? []).map(({ tlp }) => tlp), textOf(parsed.data.unmapped, 'tlp')], decoding.feed),
  }, decoding);
}

const USERS: ReadonlySet<string> = new Set(['user', 'users']);
const NAMES: ReadonlySet<string> = new Set(['name', 'full_name', 'display_name', 'email_addr', 'uid', 'uid_alt']);
const ADDRESSES: ReadonlySet<string> = new Set(['ip']);

/** Whom a title may quote: users and network addresses, wherever in the finding they stand. Looked at only to be left out. */
function quotable(event: unknown): string[] {
  return [...partsNamed(event, USERS).flatMap((user) => partsNamed(user, NAMES)), ...partsNamed(event, ADDRESSES)].flatMap(textsWithin);
}

function attackOfFinding({ about: { attacks = [] } }: OcsfFinding) {
  const tactics = attacks.flatMap(({ tactic, tactics: listed = [] }) => [tactic, ...listed].flatMap((each) => [each?.uid, each?.name]));
  return attackOf(tactics, attacks.flatMap(({ technique, sub_technique }) => [technique?.uid, sub_technique?.uid]));
}

function hintsOf({ metadata, device, resources = [], unmapped }: OcsfFinding, { feed }: Decoding): PlaceHint[] {
  const tags = [...metadata.tags ?? [], ...resources.flatMap((resource) => resource.tags ?? [])];
  return [
    ...labelHints('label', feed, (label) => [textOf(unmapped, label)]),
    ...labelHints('tag', feed, (label) => tags.filter(({ name }) => name === label).map(({ value }) => value)),
    ...toHints('host', [device?.hostname, device?.name, ...resources.map(({ name }) => name)]),
  ];
}
