import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { Alarm } from '../../shared/domain/alarm.ts';
import { applyFrame } from '../../shared/frame/applyFrame.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import { decimalsOf } from '../../shared/frame/topicRanges.ts';
import type { ChannelPublisher } from '../../server/channel.ts';
import type { ChannelView } from '../../server/ports/channel.ts';

/** A wall without a socket: every published picture is encoded as a frame and applied to a mirror, as the client does. */
export function createMirror(table: SeriesTable) {
  const decimals = decimalsOf(table);
  const encoder = createFrameEncoder(decimals);
  let columns: ReadingColumns = createReadingColumns(table.series.length);
  let before: ReadingColumns = createReadingColumns(table.series.length);
  let held: { epoch: string; seq: number } | null = null;
  const alarmTransitions: Alarm[] = [];
  const sizesBytes: number[] = [];

  function show(channel: ChannelView, changed: Uint32Array): void {
    if (changed.length === 0 || held === null) return;
    const header = { kind: 'delta' as const, channel: channel.id, topic: 'nation', epoch: held.epoch, baseSeq: held.seq, seq: held.seq + 1, serverTimeMs: 0, dataTimeMs: channel.playback().nowMs, seriesCount: table.series.length };
    const frame = encoder.encodeDelta(header, before, channel.readings.columns, changed);
    sizesBytes.push(frame.length);
    applyFrame(columns, frame, held, decimals);
    held = { epoch: held.epoch, seq: header.seq };
    before = copyOf(channel.readings.columns);
  }

  function begin(channel: ChannelView): void {
    columns = createReadingColumns(table.series.length);
    before = createReadingColumns(table.series.length);
    held = { epoch: channel.epoch, seq: 0 };
    show(channel, Uint32Array.from(table.series.keys()));
  }

  const publisher: ChannelPublisher = {
    open: async (channel) => begin(channel),
    newEpoch: async (channel) => begin(channel),
    publish: show,
    announcePlayback() {},
    publishAlarms: (_, transitions) => { alarmTransitions.push(...transitions); },
  };
  return { publisher, alarmTransitions, sizesBytes, get columns() { return columns; } };
}

/** Plain arrays, so that a failed comparison prints what differs. */
export function copyOf(columns: ReadingColumns): ReadingColumns {
  return {
    seriesCount: columns.seriesCount,
    value: columns.value.slice(), numerator: columns.numerator.slice(), denominator: columns.denominator.slice(), observedAtMs: columns.observedAtMs.slice(),
    status: columns.status.slice(), membersFresh: columns.membersFresh.slice(), membersExpected: columns.membersExpected.slice(),
  };
}
