import type { TFunction } from 'i18next';
import { SEVERITIES, type Severity } from '../../shared/domain/severity.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import { type Catalogue, displayName } from '../catalogue/catalogue.ts';
import type { RootLocality } from '../catalogue/RootLocality.tsx';
import { formatFigure, formatNumber } from '../i18n/format.ts';
import type { Language } from '../i18n/i18n.ts';
import { ALARM_LOAD } from '../theme/tokens.ts';

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

/** [CG1] How many alarms each cause explains. */
export function memberCounts(alarms: readonly Alarm[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { suppressedBy } of alarms) if (suppressedBy !== null) counts.set(suppressedBy, (counts.get(suppressedBy) ?? 0) + 1);
  return counts;
}

const SYSTEM_TROUBLES = ['wall-silent', 'disk-low', 'feed-clock', 'too-many-alerts'] as const;

/** Of `system:<what>:<which>`, with a name as title. */
export function systemText({ id, title }: Alarm, t: TFunction): string {
  const what = SYSTEM_TROUBLES.find((trouble) => id.split(':')[1] === trouble);
  return what === undefined ? title ?? id : t(`attention.system.${what}`, { name: title ?? '' });
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
    const count = alarms.reduce((sum, { id, value: atRaise }) => sum + (members?.get(id) ?? atRaise ?? 0), 0);
    return t('attention.cause', { count: formatNumber(count, 0), unit: t(catalogue.edition === '2021' ? 'coverage.district' : 'coverage.commune') });
  }
  if (first.kind === 'alert') return alarms.length > 1 ? t('attention.alertMany', { title: first.title ?? first.id, count: formatNumber(alarms.length, 0) }) : first.title ?? first.id;
  if (first.kind === 'system') return systemText(first, t);
  if (first.kind === 'band') return t('attention.band', { indicator: catalogue.indicator(first.indicatorId ?? '')?.shortName[language] ?? first.indicatorId ?? '', value });
  if (first.kind === 'security') return t('attention.securityOpen', { value });
  if (first.kind === 'overdue') return t('attention.overdue', { value });
  if (alarms.length > 1) return t('attention.silentCount', { count: alarms.length });
  return t(catalogue.locality(first.localityCode)?.level === 'nation' ? 'attention.silentNation' : 'attention.silent');
}

function suffixOf(alarms: readonly Alarm[], t: TFunction): string {
  if (alarms.every(isAcknowledged)) return ` · ${t('attention.acknowledged')}`;
  if (alarms.every(({ state }) => state === 'RTN_UNACK')) return ` · ${t('attention.returned')}`;
  return alarms.every(({ dataLost }) => dataLost) ? ` · ${t('attention.dataLost')}` : '';
}

export interface AttentionOptions {
  readonly catalogue: Catalogue;
  readonly root: RootLocality;
  readonly language: Language;
  readonly t: TFunction;
  /** [FL2] One condition is one row wherever it is, as no more than that can be read in a flood. */
  readonly isFlood?: boolean;
  /** Of each cause, how many alarms it explains; absent: as many as it had when it was raised. */
  readonly members?: ReadonlyMap<string, number>;
}

/**
 * [AT1] Open alarms as rows a person can act on: what is the same condition in the same part of the root is one row with a count. By level,
 * unacknowledged first, newest first.
 */
export function attentionRows(alarms: readonly Alarm[], options: AttentionOptions): AttentionRow[] {
  const { catalogue, root, t, isFlood = false } = options;
  const groups = new Map<string, [Alarm, ...Alarm[]]>();
  for (const alarm of alarms) {
    const key = `${conditionOf(alarm)}${isFlood ? '' : `/${root.unitOf(alarm.localityCode)?.code ?? root.code}`}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alarm]);
    else group.push(alarm);
  }
  const rows = [...groups].map(([key, group]): AttentionRow => {
    const [first] = group;
    const unitCodes = group.map(({ localityCode }) => root.unitOf(localityCode)?.code ?? root.code);
    const unit = unitCodes.every((code) => code === unitCodes[0]) ? root.unitOf(first.localityCode) : undefined;
    const place = placeOf(unitCodes, catalogue, root, t);
    const worst = group.reduce((held, { severity }) => (rankOf(severity) < rankOf(held) ? severity : held), first.severity);
    return {
      key, mark: first.kind === 'source-silent' ? 'silent' : worst, isAcknowledged: group.every(isAcknowledged),
      place: place.place, unitCode: unit?.code,
      text: textOf(group, options, place) + suffixOf(group, t),
      sinceMs: Math.min(...group.map(({ sinceMs }) => sinceMs)), alarms: group,
    };
  });
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
