import type { Attack, Tlp } from '../../shared/domain/alarm.ts';
import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { Candidate } from '../../shared/domain/observation.ts';
import type { DecodedItem } from '../ports/feed.ts';
import type { FeedSettings } from '../ports/feedSettings.ts';
import { attackOf } from './attack.ts';
import type { Decoding } from './decoding.ts';
import type { PlaceHint, Placement } from './placement.ts';
import { toBoundedId, toTitle } from './senderText.ts';
import { normaliseSeverity } from './severity.ts';
import { tlpOf } from './tlp.ts';

/** One end of an alert as a monitoring system tells it, before place, severity and state rules. */
export interface HeardAlert {
  /** Of any length. */
  readonly alertId: string;
  readonly conditionId: string;
  readonly transition: 'raised' | 'cleared';
  /** `true`: it speaks of the condition as a whole and does not say of which occurrence: what is open is over, or is open still. */
  readonly isOfCondition?: boolean;
  readonly atMs: number;
  /** What state rules go by. */
  readonly name: string;
  /** The first that says something is what people read. */
  readonly titles: readonly (string | undefined)[];
  /** As sent; `undefined`: not sent. */
  readonly severity: unknown;
  readonly hints: readonly PlaceHint[];
  readonly attack: Attack | null;
  readonly tlp: Tlp | null;
  /** Where the message names its place, for the refusal of one that does not. */
  readonly placeAt: string;
}

const OF_CONDITION = { raised: 'still-raised', cleared: 'condition-cleared' } as const;

/** A state rule of the feed makes it a reading of that series; else it is a report for the book of alerts. */
export function toAlertItem(heard: HeardAlert, { feed, placer }: Omit<Decoding, 'receivedAtMs'>): DecodedItem {
  const id = toBoundedId(heard.alertId);
  const placement = placer.place(heard.hints, feed.placement);
  const rule = stateRuleOf(feed, heard.name);
  if (rule === undefined) return { kind: 'report', id, report: toReport(id, heard, placement, feed) };
  const { localityCode } = placement;
  if (localityCode === null) {
    return { kind: 'unreadable', id, problems: [{ where: heard.placeAt, got: 'no place', expected: `the place whose "${rule.indicator}" this is, in one of: ${feed.placement.labels.join(', ')}` }] };
  }
  const candidate: Candidate = {
    sourceId: feed.id,
    // With its moment: where the sender gives none, a repeat is a later reading and not another body under the same id.
    eventId: toBoundedId(`${heard.alertId}/${heard.transition}/${heard.atMs}`),
    localityCode,
    indicatorId: rule.indicator,
    observedAtMs: heard.atMs,
    value: rule[heard.transition],
    provenance: 'measured',
  };
  return { kind: 'candidate', id, candidate };
}

function toReport(alertId: string, heard: HeardAlert, placement: Placement, feed: FeedSettings): AlertReport {
  const conditionId = toBoundedId(heard.conditionId);
  return {
    kind: 'alert',
    alertId: heard.isOfCondition === true ? conditionId : alertId,
    conditionId,
    transition: heard.isOfCondition === true ? OF_CONDITION[heard.transition] : heard.transition,
    atMs: heard.atMs,
    domain: feed.domain,
    ...normaliseSeverity(feed.format, heard.severity, feed),
    title: toTitle(heard.titles, feed.format),
    ...placement,
    attack: heard.attack, tlp: heard.tlp,
  };
}

/** Labels and tags that every monitoring system may carry: `mitre_tactic`, `mitre_technique`, `tlp`. */
export function marksOf(textsOf: (name: string) => readonly unknown[], feed: FeedSettings): Pick<HeardAlert, 'attack' | 'tlp'> {
  return { attack: attackOf(textsOf('mitre_tactic'), textsOf('mitre_technique')), tlp: tlpOf(textsOf('tlp'), feed) };
}

/** The first rule that names this alert; `*` at its end matches any rest. */
export function stateRuleOf({ states }: FeedSettings, name: string): FeedSettings['states'][number] | undefined {
  return states.find(({ alert }) => (alert.endsWith('*') ? name.startsWith(alert.slice(0, -1)) : name === alert));
}
