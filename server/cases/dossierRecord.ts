import { PLACED_BY } from '../../shared/domain/alertReport.ts';
import type { DossierReport, Supplement } from '../../shared/domain/dossierReport.ts';

/**
 * What is known of one dossier, as the fewest reports that say it: newest first, no two of one moment, and every field in one of them
 * only. Merging reports gives the same record in whatever order and however often they come.
 */
export type DossierRecord = readonly DossierReport[];

type Facts = Omit<DossierReport, 'kind' | 'dossierId' | 'atMs' | 'localityCode' | 'placedBy'>;
type FactName = keyof Facts;

/** The record in one piece. */
export interface DossierView extends Facts {
  readonly localityCode: DossierReport['localityCode'];
  /** When it got its status. `undefined`: it has none. Epoch ms. */
  readonly statusAtMs: number | undefined;
  /** The newest moment of the record. Epoch ms. */
  readonly atMs: number;
}

/** A status that ends the work: a dossier does not leave it by a message of the same moment. */
const ENDED: ReadonlySet<number> = new Set([3, 7, 8, 9, 10]);

export const isEnded = (status: number | undefined): boolean => status !== undefined && ENDED.has(status);

const APPLICANTS = ['citizen', 'business', 'household'] as const;
const CHANNELS = ['in-person', 'online', 'post'] as const;
const PAYMENTS = ['none', 'zero-fee', 'due', 'paid-online'] as const;

const byNumber = (value: number): readonly number[] => [value];
const byFlag = (value: boolean): readonly number[] => [value ? 1 : 0];
const bySupplements = (value: readonly Supplement[]): readonly number[] => [
  value.length, ...value.flatMap(({ askedAtMs, answeredAtMs, newDueAtMs }) => [answeredAtMs ?? -1, newDueAtMs ?? -1, askedAtMs]),
];

/**
 * Which of two values of one moment stands, the larger: most messages name days and not the moment of what changed. An ending beats what
 * goes on, a later date an earlier one, yes no.
 */
const RANK: { readonly [Name in FactName]-?: (value: NonNullable<Facts[Name]>) => readonly number[] } = {
  status: (status) => [isEnded(status) ? 1 : 0, status],
  receivedAtMs: byNumber,
  dueAtMs: byNumber,
  finishedAtMs: byNumber,
  returnedAtMs: byNumber,
  channel: (channel) => [CHANNELS.indexOf(channel)],
  resultByPost: byFlag,
  applicant: (applicant) => [APPLICANTS.indexOf(applicant)],
  payment: (payment) => [PAYMENTS.indexOf(payment)],
  isDigitised: byFlag,
  isDataReused: byFlag,
  isResultElectronic: byFlag,
  supplements: bySupplements,
};
const FACT_NAMES = Object.keys(RANK) as readonly FactName[];

function rankOf<Name extends FactName>(name: Name, value: Facts[Name]): readonly number[] {
  return value === undefined ? [] : (RANK[name] as (value: Facts[Name]) => readonly number[])(value);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? Number.NEGATIVE_INFINITY) - (b[at] ?? Number.NEGATIVE_INFINITY);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The lowest level first, then the newest: a later message that knows the province only does not lift a dossier out of its district. */
function placeRank({ localityCode, atMs, placedBy }: DossierReport): readonly number[] {
  const code = localityCode === null || localityCode === 'VN' ? '' : localityCode;
  return [localityCode === null ? 0 : 1, code.length, atMs, Number(code), placedBy === null ? -1 : PLACED_BY.indexOf(placedBy)];
}

/** `null` where the report says nothing new. */
export function mergeReport(record: DossierRecord, report: DossierReport): DossierRecord | null {
  const said = [...record, report];
  const newest = (rank: (each: DossierReport) => readonly number[]): DossierReport | undefined =>
    said.reduce<DossierReport | undefined>((best, each) => (best === undefined || compare(rank(each), rank(best)) > 0 ? each : best), undefined);
  const byMoment = new Map<number, { -readonly [Name in keyof DossierReport]: DossierReport[Name] }>();
  const at = ({ atMs }: DossierReport) => {
    const known = byMoment.get(atMs);
    if (known !== undefined) return known;
    const made = { kind: 'dossier' as const, dossierId: report.dossierId, atMs, localityCode: null, placedBy: null };
    byMoment.set(atMs, made);
    return made;
  };
  for (const name of FACT_NAMES) {
    const best = newest((each) => (each[name] === undefined ? [] : [each.atMs, ...rankOf(name, each[name])]));
    if (best?.[name] !== undefined) Object.assign(at(best), { [name]: best[name] });
  }
  const placed = newest(placeRank);
  if (placed?.localityCode != null) Object.assign(at(placed), { localityCode: placed.localityCode, placedBy: placed.placedBy });
  if (byMoment.size === 0) at(newest(({ atMs }) => [atMs]) ?? report);
  const merged = [...byMoment.values()].sort((a, b) => b.atMs - a.atMs);
  return isSame(merged, record) ? null : merged;
}

function isSame(a: DossierRecord, b: DossierRecord): boolean {
  return a.length === b.length && a.every((report, index) => {
    const other = b[index];
    return other !== undefined && report.atMs === other.atMs && report.localityCode === other.localityCode && report.placedBy === other.placedBy
      && FACT_NAMES.every((name) => (report[name] === undefined) === (other[name] === undefined) && compare(rankOf(name, report[name]), rankOf(name, other[name])) === 0);
  });
}

export function viewOf(record: DossierRecord): DossierView {
  const newestFirst = Object.assign({}, ...record) as DossierReport;
  return {
    ...newestFirst,
    localityCode: record.find(({ localityCode }) => localityCode !== null)?.localityCode ?? null,
    statusAtMs: record.find(({ status }) => status !== undefined)?.atMs,
    atMs: record[0]?.atMs ?? 0,
  };
}
