import { setImmediate as nextTurn } from 'node:timers/promises';
import { DAY_MS } from '../../shared/domain/instant.ts';
import holidays from '../../seeds/calendar/holidays.json' with { type: 'json' };
import { createDossierBook } from '../../server/cases/dossierBook.ts';
import { createWorkingDays, HolidayFile } from '../../server/cases/workingDays.ts';
import { realTable } from '../support/aCatalogue.ts';
import { MONTH_ENDS_MS, someDossiers } from './manyCases.ts';
import { type BenchRow, median } from './row.ts';

const DOSSIERS = 300_000;
const REACH_MS = 50;
const ROUNDS = 5;

const localities = realTable('2021').localities;
const calendar = createWorkingDays(HolidayFile.parse(holidays));
const msOf = (work: () => unknown): number => { const a = performance.now(); work(); return performance.now() - a; };

export async function benchCaseBooks(): Promise<BenchRow[]> {
  const reports = [...someDossiers(localities, DOSSIERS)];
  console.log(reports.length, 'reports');
  const rows: BenchRow[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const book = createDossierBook({ localities, calendar });
    const t: Record<string, number> = {};
    t.take = msOf(() => { for (const r of reports) book.take(r); });
    await nextTurn();
    const from = MONTH_ENDS_MS - 8 * 3_600_000;
    t.first = msOf(() => book.figures(from));
    t.idle = msOf(() => book.figures(from + 1000));
    let worst = 0;
    for (let m = from; m < MONTH_ENDS_MS; m += 60_000) { const x = msOf(() => book.figures(m)); if (x > worst) worst = x; }
    t.worstMinute = worst;
    t.month = msOf(() => book.figures(MONTH_ENDS_MS));
    worst = 0;
    for (let m = MONTH_ENDS_MS + 1000; m < MONTH_ENDS_MS + 7 * DAY_MS; m += 60_000) { const x = msOf(() => book.figures(m)); if (x > worst) worst = x; }
    t.worstMinuteWeek = worst;
    const now = MONTH_ENDS_MS + 7 * DAY_MS;
    t.tally = msOf(() => book.tally(now));
    t.live = 0; const it = book.live(now)[Symbol.iterator](); for (;;) { let d = false; const x = msOf(() => { d = it.next().done === true; }); t.live = Math.max(t.live, x); if (d) break; }
    t.judge2000 = msOf(() => { for (const r of reports.slice(0, 2000)) book.judge(r); });
    console.log(JSON.stringify(t), book.tally(now).held);
  }
  return rows;
}
if (import.meta.main) console.table(await benchCaseBooks());
void median; void REACH_MS;
