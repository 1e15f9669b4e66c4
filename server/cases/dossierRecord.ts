import { PLACED_BY } from '../../shared/domain/alertReport.ts';
import type { DossierReport, Supplement } from '../../shared/domain/dossierReport.ts';

/**
 * What is known of one dossier, as the fewest reports that say it: newest first, no two of one moment, none whose every word a newer one
 * has changed. What it says is the same in whatever order and however often reports come. A report that stands alone is kept as it came.
 */
export type DossierRecord = readonly DossierReport[];

type Facts = Omit<DossierReport, 'kind' | 'dossierId' | 'atMs' | 'localityCode' | 'placedBy'>;
type FactName = keyof Facts;

/** The record in one piece. */
export type DossierView = { readonly [Name in FactName]-?: Facts[Name] | undefined } & {
  readonly localityCode: DossierReport['localityCode'];
  /** When it got its status. `undefined`: it has none. Epoch ms. */
  readonly statusAtMs: number | undefined;
  /** The newest moment of the record. Epoch ms. */
  readonly atMs: number;
};

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

/** Whether `a` stands before `b`, both said of one moment. */
function outranks<Name extends FactName>(name: Name, a: Facts[Name], b: Facts[Name]): boolean {
  const rank = RANK[name] as (value: Facts[Name]) => readonly number[];
  return compare(rank(a), rank(b)) > 0;
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
  return [code.length, atMs, Number(code), placedBy === null ? -1 : PLACED_BY.indexOf(placedBy)];
}

/** `null` where the report says nothing new. */
export function mergeReport(record: DossierRecord, report: DossierReport): DossierRecord | null {
  if (record.length === 0) return [report];
  if (!isNews(record, report)) return null;
  const sameMoment = record.find(({ atMs }) => atMs === report.atMs);
  const layer = sameMoment === undefined ? report : joinMoment(sameMoment, report);
  const layers = [...record.filter((each) => each !== sameMoment), layer].sort((a, b) => b.atMs - a.atMs);
  const place = placeOf(layers);
  const telling = layers.filter((each, index) => each === place || FACT_NAMES.some((name) => each[name] !== undefined && !isSaid(layers, name, index)));
  return telling.length === 0 ? layers.slice(0, 1) : telling;
}

/** Whether a layer before the `before`-th, which are newer, says it. */
function isSaid(layers: DossierRecord, name: FactName, before: number): boolean {
  for (let index = 0; index < before; index += 1) if (layers[index]?.[name] !== undefined) return true;
  return false;
}

function isNews(record: DossierRecord, report: DossierReport): boolean {
  const place = placeOf(record);
  if (report.localityCode !== null && (place === undefined || isBetterPlace(report, place))) return true;
  let saysSomething = report.localityCode !== null;
  for (const name of FACT_NAMES) {
    const value = report[name];
    if (value === undefined) continue;
    saysSomething = true;
    const said = record.find((each) => each[name] !== undefined);
    if (said === undefined || report.atMs > said.atMs || (report.atMs === said.atMs && outranks(name, value, said[name]))) return true;
  }
  return !saysSomething && isSilent(record) && report.atMs > (record[0]?.atMs ?? 0);
}

/** Nothing is known of it but its number. */
function isSilent(record: DossierRecord): boolean {
  return placeOf(record) === undefined && FACT_NAMES.every((name) => !isSaid(record, name, record.length));
}

/** Two reports of one moment as one. */
function joinMoment(a: DossierReport, b: DossierReport): DossierReport {
  const facts = FACT_NAMES.flatMap((name) => {
    const value = a[name] === undefined || (b[name] !== undefined && outranks(name, b[name], a[name])) ? b[name] : a[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const { localityCode, placedBy } = a.localityCode === null || (b.localityCode !== null && isBetterPlace(b, a)) ? b : a;
  return { kind: 'dossier', dossierId: a.dossierId, atMs: a.atMs, localityCode, placedBy, ...Object.fromEntries(facts) };
}

const isBetterPlace = (a: DossierReport, b: DossierReport): boolean => compare(placeRank(a), placeRank(b)) > 0;

/** The report that says where it belongs. */
function placeOf(record: DossierRecord): DossierReport | undefined {
  let best: DossierReport | undefined;
  for (const each of record) if (each.localityCode !== null && (best === undefined || isBetterPlace(each, best))) best = each;
  return best;
}

/** Runs for every dossier held when a month begins: one object, and always of one shape. */
export function viewOf(record: DossierRecord): DossierView {
  const view: { -readonly [Name in keyof DossierView]: DossierView[Name] } = {
    localityCode: (record.length === 1 ? record[0] : placeOf(record))?.localityCode ?? null, statusAtMs: undefined, atMs: record[0]?.atMs ?? 0,
    status: undefined, receivedAtMs: undefined, dueAtMs: undefined, finishedAtMs: undefined, returnedAtMs: undefined, channel: undefined, resultByPost: undefined, applicant: undefined,
    payment: undefined, isDigitised: undefined, isDataReused: undefined, isResultElectronic: undefined, supplements: undefined,
  };
  for (const said of record) {
    if (view.status === undefined && said.status !== undefined) [view.status, view.statusAtMs] = [said.status, said.atMs];
    view.receivedAtMs ??= said.receivedAtMs;
    view.dueAtMs ??= said.dueAtMs;
    view.finishedAtMs ??= said.finishedAtMs;
    view.returnedAtMs ??= said.returnedAtMs;
    view.channel ??= said.channel;
    view.resultByPost ??= said.resultByPost;
    view.applicant ??= said.applicant;
    view.payment ??= said.payment;
    view.isDigitised ??= said.isDigitised;
    view.isDataReused ??= said.isDataReused;
    view.isResultElectronic ??= said.isResultElectronic;
    view.supplements ??= said.supplements;
  }
  return view;
}
