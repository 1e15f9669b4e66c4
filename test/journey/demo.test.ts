import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { reportedAreas } from '../../client/screens/demo/demoMapLooks.ts';
import { THEMES } from '../../client/theme/tokens.ts';
import type { DerivedFigure, Fact } from '../../shared/domain/fact.ts';
import { DAY_MS, startOfDayMs } from '../../shared/domain/instant.ts';
import { aDemoWall, derivedCounters, derivedFigures, facts, table } from '../support/aDemoWall.ts';

const COUNTER = table.indexOf('VN', 'ndxp-transactions-total')!;
const SIGNS = { exactly: '', about: '≈ ', 'more-than': '> ', 'less-than': '< ' } as const;
const factsById = new Map(facts.map((fact) => [fact.id, fact]));

const walls: Awaited<ReturnType<typeof aDemoWall>>[] = [];
async function aWall() {
  const wall = await aDemoWall();
  walls.push(wall);
  return wall;
}
afterEach(async () => { await Promise.all(walls.splice(0).map((wall) => wall.close())); });

interface Said extends Pick<Fact | DerivedFigure, 'id' | 'value' | 'numerator' | 'denominator' | 'comparator' | 'asOf'> {
  readonly reportedOn: string;
  readonly provenance: 'reported' | 'derived';
}

/** Everything that is ever said of a series, worked out from the records alone. */
const saidBySeries = Map.groupBy([
  ...facts.filter(({ value, numerator }) => value !== null || numerator !== null).map((fact) => ({ ...fact, provenance: 'reported' as const })),
  ...derivedFigures.map((figure) => ({ ...figure, provenance: 'derived' as const, reportedOn: figure.from.map((id) => factsById.get(id)!.reportedOn).sort().at(-1)! })),
], ({ localityCode, indicatorId }) => table.indexOf(localityCode, indicatorId)!);

/** [R1] at that day: the newest by the day it is of; of those, the last to be said. `undefined`: nothing was said yet. */
function lastSaid(series: number, day: string): Said | undefined {
  return saidBySeries.get(series)?.filter(({ reportedOn }) => reportedOn <= day)
    .toSorted((a, b) => (a.asOf === b.asOf ? (a.reportedOn < b.reportedOn ? -1 : 1) : a.asOf < b.asOf ? -1 : 1)).at(-1);
}

/** "> 15,9%" → 15.9; "≈ 4,4 tr" → 4,400,000. */
function numberIn(printed: string): number {
  const [, digits = '', unit = ''] = /^(?:[≈<>] )?([\d.]+(?:,\d+)?)( tr)?/.exec(printed) ?? [];
  return Number(digits.replaceAll('.', '').replace(',', '.')) * (unit === '' ? 1 : 1e6);
}

function expectShown(wall: Awaited<ReturnType<typeof aDemoWall>>, series: number, { id, value, numerator, denominator, comparator, asOf, provenance }: Said): void {
  const decimals = table.series[series]!.indicator.decimals;
  const reading = wall.readingOf(series);
  expect({ id, ...reading }).toMatchObject({
    id, numerator, denominator, comparator, provenance, freshness: 'fresh', observedAtMs: startOfDayMs(asOf),
    value: value ?? Number(((100 * numerator!) / denominator!).toFixed(decimals)),
  });
  const printed = wall.figure(series);
  expect(printed.startsWith(SIGNS[comparator]), `${id}: ${printed}`).toBe(true);
  if (provenance === 'reported' && value === null) expect(printed, id).toBe(`${SIGNS[comparator]}${numerator}/${denominator}`);
  else expect(numberIn(printed), `${id}: ${printed}`).toBe(reading.value);
}

const isoDay = (atMs: number) => new Date(atMs + 7 * 3_600_000).toISOString().slice(0, 10);
const FIRST_MS = startOfDayMs('2019-01-01');
const LAST_MS = startOfDayMs('2021-06-30');
const aDay = fc.integer({ min: 0, max: (LAST_MS - FIRST_MS) / DAY_MS }).map((days) => FIRST_MS + days * DAY_MS);
const aMoment = fc.tuple(aDay, fc.integer({ min: 0, max: DAY_MS - 1 })).map(([dayMs, ms]) => Math.min(LAST_MS, dayMs + ms));

function expectFaithful(wall: Awaited<ReturnType<typeof aDemoWall>>, day: string): void {
  for (const { index } of table.series) {
    const said = lastSaid(index, day);
    if (said !== undefined) expectShown(wall, index, said);
    // The counter is the one figure between reports; [DM10] holds it.
    else if (index !== COUNTER) expect(wall.figure(index), `${table.series[index]!.locality.code}/${table.series[index]!.indicator.id}`).toBe('—');
  }
}

describe('[DM8] the replay shows what was reported, and nothing else', () => {
  test('on the day of every report, the day before it, and the first and last day', async () => {
    const wall = await aWall();
    const days = new Set([FIRST_MS, LAST_MS, ...facts.flatMap(({ reportedOn }) => [startOfDayMs(reportedOn) - DAY_MS, startOfDayMs(reportedOn)])]);
    for (const dayMs of [...days].sort()) {
      await wall.seek(dayMs);
      expectFaithful(wall, isoDay(dayMs));
    }
    // Every record was on show on some day, but for those that a newer one was said together with.
    const shown = new Set([...days].flatMap((dayMs) => [...saidBySeries.keys()].map((series) => lastSaid(series, isoDay(dayMs))?.id)));
    const never = [...saidBySeries.values()].flat().filter(({ id }) => !shown.has(id)).map(({ id }) => id);
    expect(never.sort()).toEqual(['ca-mau-dossiers-online-2018', 'derived-egdi-rank-before-2017-08', 'derived-ict-index-rank-2018', 'services-level4-2018', 'services-level4-growth-2019']);
  });

  test('at any moment between, as a step: played or sought', async () => {
    const wall = await aWall();
    await fc.assert(fc.asyncProperty(aMoment, async (atMs) => {
      await wall.seek(atMs);
      expectFaithful(wall, isoDay(atMs));
    }), { numRuns: 15 });
  });

  test('in every tick of the whole replay at its own pace', async () => {
    const wall = await aWall();
    wall.channel.control({ channel: 'demo', action: 'play' });
    let before = '';
    for (let second = 0; wall.channel.playback().nowMs < LAST_MS && second < 400; second++) {
      await wall.wait(1_000);
      const day = isoDay(wall.channel.playback().nowMs);
      const said = [...saidBySeries.keys()].map((series) => lastSaid(series, day)?.id).join();
      // The full check where something was said since the tick before; the steps between are cheap to compare.
      if (said !== before) expectFaithful(wall, day);
      else for (const series of saidBySeries.keys()) if (series !== COUNTER) expect(wall.readingOf(series).value === null).toBe(lastSaid(series, day) === undefined);
      before = said;
    }
    expect(wall.channel.playback().nowMs).toBe(LAST_MS);
  });

  test('no province is coloured by a total: the map has one tone, whatever the day', async () => {
    const wall = await aWall();
    const provinces = table.localities.filter(({ level }) => level === 'province');
    for (const day of ['2019-01-01', '2020-02-20', '2020-08-26', '2021-06-30']) {
      await wall.seek(startOfDayMs(day));
      const areAll = wall.readingOf(table.indexOf('VN', 'tslcd-province-share')!).value === 100;
      expect(areAll).toBe(day >= '2020-08-26');
      expect(new Set([...reportedAreas(provinces, areAll, THEMES.paper).values()].map(({ fill }) => fill)).size).toBe(1);
      for (const { code } of provinces) for (const id of ['tslcd-share', 'lgsp-state', 'soc-state', 'public-centre-state']) {
        const series = table.indexOf(code, id);
        if (series !== undefined) expect(wall.figure(series)).toBe('—');
      }
    }
  });
});

describe('[DM9] a seek is exact', () => {
  const step = fc.oneof(
    fc.record({ act: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 20_000 }) }),
    fc.record({ act: fc.constantFrom('play' as const, 'pause' as const) }),
    fc.record({ act: fc.constantFrom('chapters' as const, 'loop' as const), isOn: fc.boolean() }),
    fc.record({ act: fc.constant('rate' as const), days: fc.constantFrom(1, 7, 30, 60, 90, 120) }),
    fc.record({ act: fc.constant('seek' as const), toMs: aMoment }),
  );

  test('whatever was played, sought and changed before, the same day is the same picture, under a new epoch', async () => {
    const [walked, fresh] = [await aWall(), await aWall()];
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), aMoment, async (steps, toMs) => {
      const channel = 'demo' as const;
      for (const each of steps) {
        if (each.act === 'wait') await wall(each.ms);
        else if (each.act === 'seek') await walked.seek(each.toMs);
        else if (each.act === 'rate') walked.channel.control({ channel, action: 'rate', rate: (each.days * DAY_MS) / 1_000 });
        else if (each.act === 'chapters' || each.act === 'loop') walked.channel.control({ channel, action: each.act, isOn: each.isOn });
        else walked.channel.control({ channel, action: each.act });
      }
      const epochBefore = walked.channel.epoch;
      await walked.seek(toMs);
      // The other one has never played: it only ever goes where it is sent.
      await fresh.seek(toMs);
      expect(walked.channel.epoch).not.toBe(epochBefore);
      expect(walked.channel.playback().nowMs).toBe(toMs);
      expect(walked.picture()).toEqual(fresh.picture());
      expect(walked.channel.sourceHealth()).toEqual(fresh.channel.sourceHealth());
      expect(walked.channel.openAlarms()).toEqual([]);
    }), { numRuns: 25 });

    async function wall(ms: number): Promise<void> {
      await walked.wait(ms);
    }
  });

  test('played there, it is the picture of a seek there', async () => {
    const [played, sought] = [await aWall(), await aWall()];
    played.channel.control({ channel: 'demo', action: 'play' });
    played.channel.control({ channel: 'demo', action: 'chapters', isOn: true });
    for (let stop = 0; stop < 4; stop++) {
      while (played.channel.playback().isPlaying) await played.wait(1_000);
      await sought.seek(played.channel.playback().nowMs);
      expect(played.picture()).toEqual(sought.picture());
      played.channel.control({ channel: 'demo', action: 'play' });
    }
  });
});

describe('[DM10] the counter of transactions', () => {
  test('runs from 1 January 2019, never falls, is derived and about, comes to 4.4 million on 31 July 2020, and stands until the report', async () => {
    const wall = await aWall();
    let before = 0;
    for (let dayMs = FIRST_MS; dayMs <= startOfDayMs('2020-08-25'); dayMs += 29 * DAY_MS) {
      await wall.seek(dayMs);
      const { value, provenance, comparator } = wall.readingOf(COUNTER);
      expect([provenance, comparator]).toEqual(['derived', 'about']);
      expect(value).toBeGreaterThanOrEqual(before);
      expect(wall.figure(COUNTER).startsWith('≈ ')).toBe(true);
      before = value!;
    }
    const on = async (day: string) => {
      await wall.seek(startOfDayMs(day));
      const { value, provenance } = wall.readingOf(COUNTER);
      return [value, provenance];
    };
    const total = factsById.get(derivedCounters[0]!.of)!.value;
    expect(await on('2019-01-01')).toEqual([Math.floor(total! / 578), 'derived']);
    expect(await on('2020-07-30')).toEqual([Math.floor((total! * 577) / 578), 'derived']);
    for (const day of ['2020-07-31', '2020-08-10', '2020-08-25']) expect(await on(day)).toEqual([total, 'derived']);
    expect(await on('2020-08-26')).toEqual([total, 'reported']);
    expect(wall.figure(COUNTER)).toBe('≈ 4,4 tr');
  });
});

describe('[DM11] playback', () => {
  test('rests 12 s at each milestone and takes three minutes from end to end at a week a second', async () => {
    const wall = await aWall();
    wall.channel.control({ channel: 'demo', action: 'play' });
    const rests: string[] = [];
    let seconds = 0;
    for (; wall.channel.playback().isPlaying; seconds++) {
      await wall.wait(1_000);
      const { restLeftMs, nowMs } = wall.channel.playback();
      if (restLeftMs > 0 && rests.at(-1) !== isoDay(nowMs)) rests.push(isoDay(nowMs));
    }
    expect(rests).toEqual(['2019-07-23', '2020-02-16', '2020-08-26', '2021-03-15']);
    expect(seconds).toBe(Math.ceil((LAST_MS - FIRST_MS) / DAY_MS / 7 + 4 * 12));
  });

  test('looping, it begins anew under a new epoch with nothing of the end left', async () => {
    const wall = await aWall();
    wall.channel.control({ channel: 'demo', action: 'loop', isOn: true });
    await wall.seek(LAST_MS - DAY_MS);
    const epoch = wall.channel.epoch;
    wall.channel.control({ channel: 'demo', action: 'play' });
    await wall.wait(5_000);
    expect([wall.channel.playback().nowMs, wall.channel.playback().isPlaying]).toEqual([LAST_MS, true]);
    await wall.wait(12_000);
    expect(wall.channel.epoch).not.toBe(epoch);
    expect([wall.channel.playback().nowMs, wall.channel.playback().isPlaying]).toEqual([FIRST_MS, true]);
    expectFaithful(wall, '2019-01-01');
  });
});
