import type { TFunction } from 'i18next';
import { SEVERITIES, type Severity } from '../../shared/domain/severity.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import { type Catalogue, displayName } from '../catalogue/catalogue.ts';
import type { RootLocality } from '../catalogue/RootLocality.tsx';
import { formatFigure, formatNumber } from '../i18n/format.ts';
import type { Language } from '../i18n/i18n.ts';
import { ALARM_LOAD } from '../theme/tokens.ts';
import { alertTitle, isEarlier, type Members, systemText, takenText } from './alarmWords.ts';

export interface AttentionRow {
  readonly key: string;
  /** `silent`: a source without a word, drawn as a state mark, never as an alarm's shape. */
  readonly mark: Severity | 'silent';
  readonly isAcknowledged: boolean;
  /** Part of the root, or the root itself. */
  readonly place: string;
  /** A province of the country, a district of a province. `undefined`: the whole of the root. */
  readonly unitCode: string | undefined;
  readonly text: string;
  /** `text` is a sender's: of any length and in any script, so that it may be cut, and must not turn what stands around it. */
  readonly isSenders: boolean;
  /** What else is known of it, each in words that stay together: which came first, who took it, that it was said again. */
  readonly notes: readonly string[];
  /** Who may be told, where that is not everybody. */
  readonly tlp: 'AMBER' | 'AMBER+STRICT' | null;
  /** Since when, of the oldest alarm of the row. Epoch ms on the data's axis. */
  readonly sinceMs: number;
  readonly alarms: readonly [Alarm, ...Alarm[]];
}

const isAcknowledged = ({ state }: Alarm) => state === 'ACKED';
const rankOf = (severity: Severity) => SEVERITIES.indexOf(severity);

/** Silence has no level: it stands below every alarm that has one, and above low. */
function rowRank(row: AttentionRow): number {
  return row.mark === 'silent' ? rankOf('medium') + 0.5 : rankOf(row.mark);
}

/** Where a row's alarms are: the name of the place, or of several how many there are. */
interface Place {
  readonly place: string;
  readonly count: number;
}

function placeOf(codes: readonly string[], catalogue: Catalogue, root: RootLocality, t: TFunction): Place {
  const [first, ...others] = [...new Set(codes)];
  const unit = first === undefined ? undefined : root.unitOf(first);
  const count = others.length + 1;
  if (count === 1) return { place: displayName(unit ?? root.locality), count };
  return { place: t('attention.places', { count: formatNumber(count, 0), unit: t(root.isNation ? 'coverage.province' : catalogue.edition === '2021' ? 'coverage.district' : 'coverage.commune') }), count };
}

/** What is the matter, wherever it is. */
export function conditionOf({ kind, indicatorId, value, title, ruleId, id }: Alarm): string {
  return [kind, indicatorId ?? '', kind === 'state' ? value : kind === 'alert' ? title : kind === 'band' ? ruleId : kind === 'system' ? id : ''].join('/');
}

/** `place` names where, or says how many places there are. */
function stateText(alarms: readonly [Alarm, ...Alarm[]], catalogue: Catalogue, { place, count }: Place, language: Language, t: TFunction): string {
  const [first] = alarms;
  const indicator = catalogue.indicator(first.indicatorId ?? '');
  const state = indicator?.states.find(({ value }) => value === first.value)?.name[language] ?? '';
  const name = indicator?.shortName[language] ?? first.indicatorId ?? '';
  const locality = catalogue.locality(first.localityCode);
  const isLink = first.indicatorId === 'tslcd-link-state';
  // One alarm in each of the places: how many there are has been said.
  if (alarms.length > 1 && alarms.length === count && !isLink) return t('attention.stateHere', { indicator: name, state });
  if (alarms.length > 1) return isLink ? t('attention.linksLost', { count: alarms.length, unit: t(catalogue.edition === '2021' ? 'coverage.district' : 'coverage.commune') }) : t('attention.stateMany', { count: alarms.length, indicator: name, state });
  // The row's own place is not said twice.
  const isHere = locality === undefined || displayName(locality) === place;
  if (isLink) return isHere ? t('attention.linkLostHere') : t('attention.linkLost', { place: locality.name });
  return isHere ? t('attention.stateHere', { indicator: name, state }) : t('attention.state', { place: locality.name, indicator: name, state });
}

function textOf(alarms: readonly [Alarm, ...Alarm[]], { catalogue, language, t, members }: AttentionOptions, place: Place): string {
  const [first] = alarms;
  const values = alarms.flatMap((alarm) => (alarm.value === null ? [] : [alarm.value]));
  const value = values.length === 0 ? '—' : formatFigure(values.reduce((sum, each) => sum + each, 0), 0, t);
  if (first.kind === 'state') return stateText(alarms, catalogue, place, language, t);
  if (first.kind === 'cause') {
    const count = alarms.reduce((sum, { id, value: atRaise }) => sum + (members?.get(id)?.count ?? atRaise ?? 0), 0);
    return t('attention.cause', { count: formatNumber(count, 0), unit: t(catalogue.edition === '2021' ? 'coverage.district' : 'coverage.commune') });
  }
  if (first.kind === 'alert') return alertTitle(first, t);
  if (first.kind === 'system') return systemText(first, t);
  if (first.kind === 'band') return t('attention.band', { indicator: catalogue.indicator(first.indicatorId ?? '')?.shortName[language] ?? first.indicatorId ?? '', value });
  if (first.kind === 'security') return t('attention.securityOpen', { value });
  if (first.kind === 'overdue') return t('attention.overdue', { value });
  if (alarms.length > 1) return t('attention.silentCount', { count: alarms.length });
  return t(catalogue.locality(first.localityCode)?.level === 'nation' ? 'attention.silentNation' : 'attention.silent');
}

function suffixOf(alarms: readonly Alarm[], t: TFunction): string {
  if (alarms.every(isAcknowledged)) return alarms.every(({ acked }) => acked === null) ? ` · ${t('attention.acknowledged')}` : '';
  if (alarms.every(({ state }) => state === 'RTN_UNACK')) return ` · ${t('attention.returned')}`;
  return alarms.every(({ dataLost }) => dataLost) ? ` · ${t('attention.dataLost')}` : '';
}

/** [AW1] When they were taken; of several that only some have taken, how many. */
function takenNote(alarms: readonly Alarm[], today: string | undefined, t: TFunction): string | null {
  const taken = alarms.flatMap(({ state, acked }) => (state === 'ACKED' && acked !== null ? [acked] : []));
  const [first] = taken;
  if (first === undefined) return null;
  if (taken.length < alarms.length) return t('attention.takenSome', { taken: formatNumber(taken.length), count: formatNumber(alarms.length) });
  return takenText(taken.reduce((held, each) => (each.atMs > held.atMs ? each : held), first), today, t);
}

/** [AW4] Where it began: of a cause its earliest member, of a row of several places the earliest of them. */
function firstOutNote(alarms: readonly [Alarm, ...Alarm[]], { catalogue, members, isFlood = false, t }: AttentionOptions): string | null {
  const began = alarms.flatMap((alarm) => (alarm.kind === 'cause' ? members?.get(alarm.id)?.first ?? [] : isFlood && alarms.length > 1 ? alarm : []));
  const [first, ...others] = began;
  if (first === undefined) return null;
  const { localityCode } = others.reduce((held, alarm) => (isEarlier(alarm, held) ? alarm : held), first);
  const place = catalogue.locality(localityCode);
  return place === undefined ? null : t('attention.firstOut', { place: displayName(place) });
}

function notesOf(alarms: readonly [Alarm, ...Alarm[]], options: AttentionOptions): string[] {
  const { t, today } = options;
  const [{ kind }] = alarms;
  const escalations = Math.max(...alarms.map(({ escalations: count }) => count));
  return [
    kind === 'alert' && alarms.length > 1 ? t('attention.alertCount', { count: formatNumber(alarms.length) }) : null,
    firstOutNote(alarms, options), takenNote(alarms, today, t),
    escalations > 0 ? t('attention.escalated', { count: escalations }) : null,
    alarms.some(({ isChattering }) => isChattering) ? t('attention.chattering') : null,
  ].filter((note) => note !== null);
}

function tlpOf(alarms: readonly Alarm[]): AttentionRow['tlp'] {
  return (['AMBER+STRICT', 'AMBER'] as const).find((label) => alarms.some(({ tlp }) => tlp === label)) ?? null;
}

export interface AttentionOptions {
  readonly catalogue: Catalogue;
  readonly root: RootLocality;
  readonly language: Language;
  readonly t: TFunction;
  /** [FL2] One condition is one row wherever it is, as no more than that can be read in a flood. */
  readonly isFlood?: boolean;
  /** Of each cause, what it explains; absent: as many as it had when it was raised. */
  readonly members?: ReadonlyMap<string, Members>;
  /** "23/11/2026": what was taken on another day says which. */
  readonly today?: string;
}

/** [AW5] What no place is known for is in one row of its domain; what is the same condition in the same part of the root is in one. */
function keyOf(alarm: Alarm, { root, isFlood = false }: AttentionOptions): string {
  if (!alarm.isPlaced) return `unplaced/${alarm.domain}`;
  return `${conditionOf(alarm)}${isFlood ? '' : `/${root.unitOf(alarm.localityCode)?.code ?? root.code}`}`;
}

function rowPlace([first]: readonly [Alarm, ...Alarm[]], unitCodes: readonly string[], { catalogue, root, t }: AttentionOptions): Place {
  if (!first.isPlaced) return { place: t('attention.unplaced'), count: 1 };
  if (first.kind === 'system') return { place: t('attention.ourSystem'), count: 1 };
  return placeOf(unitCodes, catalogue, root, t);
}

/** The worst of them speaks for a row of different conditions. */
function worstFirst(alarms: readonly [Alarm, ...Alarm[]]): readonly [Alarm, ...Alarm[]] {
  const [first] = alarms;
  if (first.isPlaced) return alarms;
  const [worst = first, ...others] = [...alarms].sort((a, b) => rankOf(a.severity) - rankOf(b.severity));
  return [worst, ...others];
}

function toRow(key: string, held: readonly [Alarm, ...Alarm[]], options: AttentionOptions): AttentionRow {
  const { root, t } = options;
  const group = worstFirst(held);
  const [first] = group;
  const unitCodes = group.map(({ localityCode }) => root.unitOf(localityCode)?.code ?? root.code);
  const unit = first.isPlaced && unitCodes.every((code) => code === unitCodes[0]) ? root.unitOf(first.localityCode) : undefined;
  const place = rowPlace(group, unitCodes, options);
  const worst = group.reduce((bad, { severity }) => (rankOf(severity) < rankOf(bad) ? severity : bad), first.severity);
  return {
    key, mark: first.kind === 'source-silent' ? 'silent' : worst, isAcknowledged: group.every(isAcknowledged),
    place: place.place, unitCode: unit?.code,
    text: textOf(group, options, place) + suffixOf(group, t), isSenders: first.kind === 'alert', notes: notesOf(group, options), tlp: tlpOf(group),
    sinceMs: Math.min(...group.map(({ sinceMs }) => sinceMs)), alarms: group,
  };
}

/**
 * [AT1] Open alarms as rows a person can act on: what is the same condition in the same part of the root is one row with a count. By level,
 * unacknowledged first, newest first.
 */
export function attentionRows(alarms: readonly Alarm[], options: AttentionOptions): AttentionRow[] {
  const groups = new Map<string, [Alarm, ...Alarm[]]>();
  for (const alarm of alarms) {
    const key = keyOf(alarm, options);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alarm]);
    else group.push(alarm);
  }
  const rows = [...groups].map(([key, group]) => toRow(key, group, options));
  return rows.sort((a, b) => rowRank(a) - rowRank(b) || Number(a.isAcknowledged) - Number(b.isAcknowledged) || b.sinceMs - a.sinceMs || (a.key < b.key ? -1 : 1));
}

/** Alarms that began within the window. Those already over are not among the open ones, so this is a floor. */
export function alarmsSince(alarms: readonly Alarm[], fromMs: number): number {
  return alarms.filter(({ sinceMs }) => sinceMs >= fromMs).length;
}

/** [FL1] Whether it is a flood now that so many began in the window; `null`: nobody knows, so nothing changes. */
export function floodAfter(wasFlood: boolean, count: number | null): boolean {
  if (count === null) return wasFlood;
  return count > ALARM_LOAD.flood || (wasFlood && count >= ALARM_LOAD.floodOver);
}
