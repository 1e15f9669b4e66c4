import type { AlertReport } from '../../shared/domain/alertReport.ts';
import type { DossierReport } from '../../shared/domain/dossierReport.ts';
import { DAY_MS, startOfDayMs } from '../../shared/domain/instant.ts';
import { SourceId } from '../../shared/domain/ids.ts';
import { type Locality, toLevel } from '../../shared/domain/locality.ts';
import { SEVERITIES } from '../../shared/domain/severity.ts';
import type { FiledReport } from '../../server/ports/cases.ts';

const HOUR_MS = 3_600_000;
export const FEED = SourceId.parse('feed-a');
/** Dossiers are received in the eight weeks before this. */
export const MONTH_ENDS_MS = startOfDayMs('2026-07-01');
const RECEIVED_WITHIN_DAYS = 56;
const CLOSING_HOUR = 17;

/** Whole numbers below `below`, the same at every run. */
function repeatable(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export type FiledDossier = FiledReport & { readonly report: DossierReport };
export type FiledAlert = FiledReport & { readonly report: AlertReport };

/**
 * Reports of `count` dossiers of all districts, made up: six of ten at work, the others returned, most of them before the month ends; due at the
 * close of a day, as most are. Each is told when received; nine of ten again when something came of it.
 */
export function* someDossiers(localities: readonly Locality[], count: number): Generator<FiledDossier> {
  const below = repeatable(7);
  const districts = localities.filter((each) => toLevel(each) === 'local');
  const filed = (report: DossierReport): FiledDossier => ({ feedId: FEED, receivedAtMs: report.atMs + 60_000, report });
  for (let number = 0; number < count; number += 1) {
    const receivedDay = MONTH_ENDS_MS - (1 + below(RECEIVED_WITHIN_DAYS)) * DAY_MS;
    const receivedAtMs = receivedDay + 8 * HOUR_MS + below(8 * HOUR_MS);
    const base = { kind: 'dossier', dossierId: `000.00.19.H33-${260_000_000 + number}`, localityCode: districts[below(districts.length)]?.code ?? null, placedBy: 'unit', receivedAtMs } as const;
    const dueAtMs = receivedDay + (5 + below(40)) * DAY_MS + CLOSING_HOUR * HOUR_MS;
    const said = { channel: (['in-person', 'online', 'post'] as const)[below(3)], resultByPost: below(4) === 0, payment: (['none', 'zero-fee', 'due', 'paid-online'] as const)[below(4)], isDigitised: below(2) === 0, isDataReused: below(2) === 0 } as const;
    yield filed({ ...base, atMs: receivedAtMs, status: 2, dueAtMs, ...said });
    const laterMs = receivedAtMs + DAY_MS + below(10 * DAY_MS);
    const turn = below(10);
    if (turn < 4) yield filed({ ...base, atMs: laterMs, status: 10, finishedAtMs: laterMs, returnedAtMs: laterMs, isResultElectronic: below(2) === 0 });
    else if (turn < 9) yield filed({ ...base, atMs: laterMs, status: 4, ...(below(8) === 0 ? { supplements: [{ askedAtMs: laterMs - HOUR_MS, answeredAtMs: laterMs, newDueAtMs: null }] } : {}) });
  }
}

/** Alerts of the 24 h before `MONTH_ENDS_MS`: half are events of 5,000 conditions, a quarter raised and cleared, a quarter open. */
export function* someAlerts(localities: readonly Locality[], count: number): Generator<FiledAlert> {
  const below = repeatable(11);
  for (let number = 0; number < count; number += 1) {
    const atMs = MONTH_ENDS_MS - DAY_MS + Math.floor((number * (DAY_MS - 60_000)) / count);
    const severity = SEVERITIES[below(SEVERITIES.length)] ?? 'unknown';
    const isEvent = number % 2 === 0;
    const alertId = `alert-${number}`;
    const report: AlertReport = {
      kind: 'alert', alertId, conditionId: isEvent ? `scan-${below(5_000)}` : alertId, transition: isEvent ? 'seen' : 'raised', atMs, domain: 'security', severity, rawSeverity: severity,
      title: `Made up: a connection that a rule knows (${number % 97})`, localityCode: localities[below(localities.length)]?.code ?? null, placedBy: 'host', attack: null, tlp: null,
    };
    yield { feedId: FEED, receivedAtMs: atMs, report };
    if (number % 4 === 1) yield { feedId: FEED, receivedAtMs: atMs + 30_000, report: { ...report, transition: 'cleared', atMs: atMs + 30_000 } };
  }
}
