import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReadingColumns, packStatus, type ReadingColumns } from '../../../shared/domain/readingColumns.ts';
import { changedSeries } from '../../../shared/frame/changedSeries.ts';
import { createFrameEncoder } from '../../../shared/frame/encodeFrame.ts';
import type { FrameHeader } from '../../../shared/frame/frame.ts';
import { readFrameHeader } from '../../../shared/frame/frameHeader.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import { readmeBlock, readmeExample } from '../../support/frameReadme.ts';
import { aSmallTable, changesOf, copyColumns, writeChanges } from '../../support/someReadings.ts';

type Reader = (bytes: Uint8Array, decimals: Uint8Array, held: Map<number, Record<string, number>>) => FrameHeader;
// The page's own code, as a stranger would paste it.
const readFrame = new Function(`${readmeBlock('js')}; return readFrame;`)() as Reader;

const EPOCH = '0123456789abcdef';
const T = 1_600_000_000_000;

test('[B6] the worked example of README.md is what the encoder writes', () => {
  const before = createReadingColumns(4);
  const after = createReadingColumns(4);
  const fresh = packStatus({ freshness: 'fresh', provenance: 'measured', comparator: 'exactly' });
  before.value.set([5, 12.3, Number.NaN, 7]);
  before.observedAtMs.fill(T - 60_000);
  before.status.fill(fresh);
  after.value.set([5, 12.4, Number.NaN, 5]);
  after.observedAtMs.set([T - 60_000, T, T - 60_000, T - 1000]);
  after.status.set([fresh, fresh, fresh, packStatus({ freshness: 'fresh', provenance: 'simulated', comparator: 'exactly' })]);
  const header = { kind: 'delta', channel: 'live', topic: 'nation', epoch: EPOCH, baseSeq: 300, seq: 301, serverTimeMs: T + 250.5, dataTimeMs: T, seriesCount: 4 } as const;
  const frame = createFrameEncoder(Uint8Array.of(0, 1, 1, 0)).encodeDelta(header, before, after, Uint32Array.of(1, 3));
  expect(readmeExample()).toEqual(Buffer.from(frame));
});

test('[B6] the reader of README.md reads every frame as applyFrame does', () => {
  const table = aSmallTable();
  const decimals = decimalsOf(table);
  const encoder = createFrameEncoder(decimals);
  const everything = Uint32Array.from(table.series, ({ index }) => index);
  const header = (kind: FrameHeader['kind'], seq: number): FrameHeader =>
    ({ kind, channel: 'demo', topic: 'province:02', epoch: EPOCH, baseSeq: kind === 'delta' ? seq - 1 : 0, seq, serverTimeMs: T + 0.5, dataTimeMs: T + 123_456, seriesCount: table.series.length });
  const rowsOf = (columns: ReadingColumns) => table.series.map(({ index }) => Object.fromEntries(
    (['value', 'numerator', 'denominator', 'observedAtMs', 'status', 'membersFresh', 'membersExpected'] as const).map((column) => [column, (columns[column][index] as number) + 0 || (Number.isNaN(columns[column][index]) ? Number.NaN : 0)])));
  fc.assert(fc.property(changesOf(table.series.length), fc.array(changesOf(table.series.length), { maxLength: 4 }), (first, ticks) => {
    const server = createReadingColumns(table.series.length);
    writeChanges(server, first);
    const held = new Map<number, Record<string, number>>();
    const snapshot = encoder.encodeSnapshot(header('snapshot', 1), server, topicRanges(table, 'nation')!);
    const { kind: _, ...said } = readFrameHeader(snapshot);
    expect(readFrame(snapshot, decimals, held)).toMatchObject(said);
    expect(table.series.map(({ index }) => held.get(index))).toEqual(rowsOf(server));
    ticks.forEach((changes, tick) => {
      const before = copyColumns(server);
      writeChanges(server, changes);
      readFrame(encoder.encodeDelta(header('delta', tick + 2), before, server, changedSeries(before, server, everything)), decimals, held);
      expect(table.series.map(({ index }) => held.get(index))).toEqual(rowsOf(server));
    });
  }), { numRuns: 300 });
});
