import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withComputedSeries } from '../../../server/history/computedSeries.ts';
import { openStore } from '../../../server/openStore.ts';
import { alarmsAsOf, projectAsOf } from '../../../server/projectAsOf.ts';
import { createChannelState } from '../../../server/state/channelState.ts';
import { SourceId } from '../../../shared/domain/ids.ts';
import type { Observation } from '../../../shared/domain/observation.ts';
import { createReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { buildSeriesTable } from '../../../shared/domain/seriesTable.ts';
import { applyFrame } from '../../../shared/frame/applyFrame.ts';
import { createFrameEncoder } from '../../../shared/frame/encodeFrame.ts';
import { readFrameHeader } from '../../../shared/frame/frameHeader.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import { PastDto } from '../../../shared/protocol/past.ts';
import { aChannelView, indicators, NOW_MS, smallNation } from '../../support/aChannelView.ts';
import { rulesOf } from '../../support/someRules.ts';
import { get, listen, read, readProblem } from './listen.ts';

const table = buildSeriesTable(smallNation, indicators);
const decimals = decimalsOf(table);
const TOPIC = 'province:10';
const DAY_MS = 86_400_000;
const BEGIN_MS = NOW_MS - DAY_MS;
const NO_FINGERPRINTS = { words: new Uint32Array(0) };
const createState = (of: typeof table) => createChannelState({ table: of, sources: [], rules: rulesOf(indicators) });

function anObservationOf(locality: string, indicator: string, value: number | null, observedAtMs: number): Observation {
  return {
    seriesIndex: table.indexOf(locality, indicator)!, sourceId: SourceId.parse('test'), eventId: null, observedAtMs, receivedAtMs: observedAtMs + 500,
    value, numerator: null, denominator: null, comparator: 'exactly', provenance: 'measured', ref: null,
  };
}

/** A server whose history holds exactly these. */
async function listenTo(observations: readonly Observation[]) {
  const { log, history } = await openStore({ path: ':memory:', table });
  for (const observation of observations) await log.append([observation], NO_FINGERPRINTS);
  const channel = aChannelView({ history: withComputedSeries(history, table) });
  const listening = await listen({
    channels: new Map([[channel.id, channel]]),
    projectAsOf: (_, answer, atMs) => projectAsOf(createState, table, answer, atMs),
    alarmsAsOf: (_, answer, atMs) => alarmsAsOf(createState, table, answer, atMs),
  });
  const retell = async (others: readonly Observation[]) => {
    await log.restart();
    await log.append(others, NO_FINGERPRINTS);
  };
  return { listening, channel, retell, close: () => log.close() };
}

const frameAt = (atMs: number, topic = TOPIC) => `/api/v1/frame?topic=${topic}&at=${atMs}`;

describe('the frame of a past time', () => {
  test('[TV1] its bytes are the snapshot that a subscriber had at that time, freshness judged then', async () => {
    const LINKS = ['080', '082', '085', '094'];
    const { listening, channel, retell, close } = await listenTo([]);
    await fc.assert(fc.asyncProperty(
      fc.array(fc.record({ at: fc.integer({ min: 0, max: 1_000 }), locality: fc.constantFrom(...LINKS), value: fc.constantFrom(0, 1, 2) }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 0, max: 1_100 }),
      async (told, askedAt) => {
        const observations = told.toSorted((a, b) => a.at - b.at).map(({ at, locality, value }) => anObservationOf(locality, 'tslcd-link-state', value, BEGIN_MS + at * 60_000));
        const atMs = BEGIN_MS + (askedAt + (told[0]?.at ?? 0)) * 60_000;
        fc.pre(atMs <= NOW_MS && atMs >= (observations[0]?.observedAtMs ?? 0));
        const live = createState(table);
        live.project(observations.filter(({ observedAtMs }) => observedAtMs <= atMs), 0);
        live.settle(atMs);
        await retell(observations);
        const response = await get(listening, frameAt(atMs));
        expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'application/octet-stream']);
        const header = { kind: 'snapshot', channel: 'live', topic: TOPIC, epoch: channel.epoch, baseSeq: 0, seq: 0, serverTimeMs: atMs, dataTimeMs: atMs, seriesCount: table.series.length } as const;
        const expected = createFrameEncoder(decimals).encodeSnapshot(header, live.readings.columns, topicRanges(table, TOPIC)!);
        expect(Buffer.compare(Buffer.from(await response.arrayBuffer()), expected)).toBe(0);
      },
    ), { numRuns: 12 });
    await close();
  });

  test('[TV1] a page applies it to a mirror like any other snapshot, and an hour later the same reading is older', async () => {
    const { listening, close } = await listenTo([anObservationOf('080', 'tslcd-link-state', 2, BEGIN_MS)]);
    const index = table.indexOf('080', 'tslcd-link-state')!;
    const freshnessAt = async (atMs: number) => {
      const bytes = new Uint8Array(await (await get(listening, frameAt(atMs))).arrayBuffer());
      const columns = createReadingColumns(table.series.length);
      applyFrame(columns, bytes, null, decimals);
      expect(readFrameHeader(bytes)).toMatchObject({ kind: 'snapshot', topic: TOPIC, dataTimeMs: atMs });
      return [columns.value[index], (columns.status[index] ?? 0) & 7];
    };
    const [young, old] = [await freshnessAt(BEGIN_MS + 1_000), await freshnessAt(BEGIN_MS + 23 * 3_600_000)];
    expect(young).toEqual([2, 1]);
    expect(old?.[1]).toBeGreaterThan(1);
    await close();
  });

  test('[TV2] before the log begins is a 404 that says from when there is a past; so is a time of an empty log', async () => {
    const { listening, close } = await listenTo([anObservationOf('080', 'tslcd-link-state', 2, BEGIN_MS)]);
    expect(await readProblem(await get(listening, frameAt(BEGIN_MS - 1)))).toMatchObject({
      status: 404, kind: 'not-found', detail: expect.stringContaining(new Date(BEGIN_MS).toISOString()), errors: [{ where: 'query at', got: String(BEGIN_MS - 1), expected: `a time from ${BEGIN_MS}` }],
    });
    expect((await get(listening, frameAt(BEGIN_MS))).status).toBe(200);
    await close();
    const empty = await listenTo([]);
    expect(await readProblem(await get(empty.listening, frameAt(NOW_MS)))).toMatchObject({ status: 404, detail: expect.stringContaining('Nothing has been kept yet') });
    await empty.close();
  });

  test('[TV2] the future, a time without an offset, no time and an unknown topic are refused, each by its name', async () => {
    const listening = await listen();
    expect(await readProblem(await get(listening, frameAt(NOW_MS + 61_000)))).toMatchObject({ status: 400, errors: [{ where: 'query at' }] });
    expect(await readProblem(await get(listening, `/api/v1/frame?topic=${TOPIC}&at=2026-03-01T07:00:00`))).toMatchObject({ status: 400, errors: [{ where: 'query at' }] });
    expect(await readProblem(await get(listening, `/api/v1/frame?topic=${TOPIC}`))).toMatchObject({ status: 400, errors: [{ where: 'query at', got: 'nothing' }] });
    expect(await readProblem(await get(listening, frameAt(NOW_MS, 'province:99')))).toMatchObject({ status: 404, detail: expect.stringContaining('no topic "province:99"') });
    expect(await readProblem(await get(listening, frameAt(NOW_MS, 'district:080')))).toMatchObject({ status: 400, errors: [{ where: 'query topic' }] });
    expect((await get(listening, `${frameAt(NOW_MS)}&channel=demo`)).status).toBe(404);
  });
});

describe('what is known beside the picture', () => {
  test('[TV4] alarm conditions that the readings of then fulfil, not those of before or after', async () => {
    const hour = 3_600_000;
    const { listening, close } = await listenTo([
      anObservationOf('10', 'alerts-critical', 0, BEGIN_MS), anObservationOf('10', 'alerts-critical', 2, BEGIN_MS + hour), anObservationOf('10', 'alerts-critical', 0, BEGIN_MS + 2 * hour),
    ]);
    const criticals = async (atMs: number) => PastDto.parse(await read(listening, `/api/v1/past?at=${atMs}`)).alarms?.filter(({ severity }) => severity === 'critical').map(({ localityCode, value }) => [localityCode, value]);
    expect(await criticals(BEGIN_MS + hour - 1)).toEqual([]);
    expect(await criticals(BEGIN_MS + hour)).toEqual([['10', 2]]);
    expect(await criticals(BEGIN_MS + 2 * hour)).toEqual([]);
    await close();
  });

  test('[TV4] outside what is kept nothing is said of alarms, and that is not "none"', async () => {
    const { listening, close } = await listenTo([anObservationOf('080', 'tslcd-link-state', 2, BEGIN_MS)]);
    for (const atMs of [BEGIN_MS - 1, NOW_MS + 1]) {
      expect(PastDto.parse(await read(listening, `/api/v1/past?at=${atMs}`))).toMatchObject({ atMs, beginsAtMs: BEGIN_MS, nowMs: NOW_MS, resolution: null, alarms: null });
    }
    await close();
  });
});
