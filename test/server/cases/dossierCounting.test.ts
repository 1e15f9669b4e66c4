import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDossierBook } from '../../../server/cases/dossierBook.ts';
import { createWorkingDays } from '../../../server/cases/workingDays.ts';
import { DossierReport } from '../../../shared/domain/dossierReport.ts';
import { SourceId } from '../../../shared/domain/ids.ts';
import { aLand } from '../../support/aCatalogue.ts';
import { createPlainDossierBook } from '../../support/aPlainDossierBook.ts';

const at = (text: string) => Date.parse(`${text}+07:00`);
const calendar = createWorkingDays({ lunar: [], announced: [] });
const localities = aLand({ provinces: 2, localsPerProvince: 2 });
const [FROM_MS, UNTIL_MS] = [at('2026-04-20T00:00:00'), at('2026-08-10T00:00:00')];
const BOUNDARIES = ['2026-05-01', '2026-06-01', '2026-06-24', '2026-07-01', '2026-08-01'].map((day) => at(`${day}T00:00:00`));

/** Any moment of four months, and often one beside the start of a month, or a year before. */
const moment = fc.oneof(
  { arbitrary: fc.integer({ min: FROM_MS / 60_000, max: UNTIL_MS / 60_000 }).map((minute) => minute * 60_000), weight: 3 },
  fc.tuple(fc.constantFrom(...BOUNDARIES), fc.constantFrom(-60_000, -1, 0, 1, 60_000)).map(([boundaryMs, besideMs]) => boundaryMs + besideMs),
  fc.constantFrom(...BOUNDARIES.map((boundaryMs) => boundaryMs - 366 * 86_400_000)),
);
const supplement = fc.record({ askedAtMs: moment, answeredAtMs: fc.option(moment), newDueAtMs: fc.option(moment) });
const report = fc.record({
  dossierId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), atMs: moment,
  place: fc.constantFrom({ localityCode: '001', placedBy: 'unit' }, { localityCode: '003', placedBy: 'unit' }, { localityCode: '01', placedBy: 'feed' }, { localityCode: null, placedBy: null }, { localityCode: '99', placedBy: 'unit' }),
  said: fc.record({
    status: fc.integer({ min: 1, max: 10 }), receivedAtMs: moment, dueAtMs: moment, finishedAtMs: moment, returnedAtMs: moment,
    channel: fc.constantFrom('in-person', 'online', 'post'), resultByPost: fc.boolean(), payment: fc.constantFrom('none', 'zero-fee', 'due', 'paid-online'), isDigitised: fc.boolean(), isResultElectronic: fc.boolean(),
    supplements: fc.array(supplement, { maxLength: 2 }),
  }, { requiredKeys: [] }),
}).map(({ dossierId, atMs, place, said }) => DossierReport.parse({ kind: 'dossier', dossierId, atMs, ...place, ...said }));
const filed = fc.tuple(report, fc.constantFrom('feed-a', 'feed-b')).map(([each, feedId]) => ({ feedId: SourceId.parse(feedId), receivedAtMs: each.atMs, report: each }));

type Filed = ReturnType<typeof filed.generate>['value'];
type Figures = readonly { localityCode: string; indicatorId: string }[];
const byKey = (figures: Figures) => Object.fromEntries(figures.map((figure) => [`${figure.localityCode}/${figure.indicatorId}`, figure]));
const steps = fc.array(fc.oneof({ arbitrary: filed.map((each): Filed | number => each), weight: 3 }, moment), { maxLength: 40 });

describe('[DB14] what is counted step by step is what a plain recount of every dossier says', () => {
  test('reports and moments of asking in any order, forward and back, over the starts of months', () => {
    fc.assert(fc.property(steps, (each) => {
      const [book, plain] = [createDossierBook({ localities, calendar }), createPlainDossierBook(localities, calendar)];
      for (const step of each) {
        if (typeof step === 'number') expect(byKey(book.figures(step))).toEqual(byKey(plain.figures(step)));
        else {
          book.take(step);
          plain.take(step);
        }
      }
    }), { numRuns: 1_000 });
  });

  test('[DB12] also while what is over leaves one by one; once it has left, what is held is the same', () => {
    fc.assert(fc.property(fc.array(filed, { maxLength: 30 }), fc.array(moment, { minLength: 1, maxLength: 8 }), (reports, asked) => {
      const [book, plain] = [createDossierBook({ localities, calendar, looksPerTurn: 1 }), createPlainDossierBook(localities, calendar)];
      for (const each of reports) {
        book.take(each);
        plain.take(each);
      }
      const forward = [...asked].sort((a, b) => a - b);
      for (const nowMs of forward) expect(byKey(book.figures(nowMs))).toEqual(byKey(plain.figures(nowMs)));
      const lastMs = forward.at(-1) ?? 0;
      // A turn each, until every dossier was looked at; the month must not end meanwhile.
      for (let turn = 0; turn <= reports.length; turn += 1) book.figures(lastMs - (turn % 2));
      if (BOUNDARIES.includes(lastMs)) return;
      expect(book.tally(lastMs).held).toBe(plain.heldCount());
      expect(byKey(book.figures(lastMs))).toEqual(byKey(plain.figures(lastMs)));
    }), { numRuns: 500 });
  });
});
