import { startI18n } from '../../client/i18n/i18n.ts';
import { figureText } from '../../client/panels/figureText.ts';
import { asReported, printedParts } from '../../client/screens/demo/factText.ts';
import { createMirrorStore } from '../../client/store/createMirrorStore.ts';
import { type Reading, selectReading, shownFreshness } from '../../client/store/selectReading.ts';
import { createReadingColumns, type ReadingColumns } from '../../shared/domain/readingColumns.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import { decimalsOf, topicRanges } from '../../shared/frame/topicRanges.ts';
import { readCatalogue } from '../../server/catalogue.ts';
import { type ChannelPublisher, createChannel } from '../../server/channel.ts';
import { createGate } from '../../server/ingest/gate.ts';
import { DEMO_RECORDING_PATH, openRecording } from '../../server/openRecording.ts';
import { openStore } from '../../server/openStore.ts';
import { createPlayhead } from '../../shared/playback/playhead.ts';
import { createReplayPlayer } from '../../server/players/replayPlayer.ts';
import type { ChannelView } from '../../server/ports/channel.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { copyOf } from './mirrorOf.ts';

const catalogue = readCatalogue();
/** Read once: recordings are never changed. */
const opened = await openRecording(DEMO_RECORDING_PATH, '2021', catalogue);
const { t } = await startI18n('vi');
export const table = catalogue.tablesByEdition[opened.edition];
export const { facts, derivedFigures, derivedCounters } = catalogue;

/**
 * The demo as the product runs it, from the recording's file to the words of a figure: player, gate, a real store, state, frames,
 * and the client's own mirror. Only sockets are left out, and the clock is moved by hand.
 */
export async function aDemoWall() {
  const { recording, edition, rate, sources } = opened;
  const store = await openStore({ path: ':memory:', table });
  let elapsedMs = 0;
  const playhead = createPlayhead({ startMs: recording.startMs, endMs: recording.endMs, stopsMs: recording.marksMs, elapsedMs: () => elapsedMs, rate, isPlaying: false });
  const mirror = createMirrorStore({ table, channel: 'demo', edition, scheduleFrame: (flush) => flush() });
  mirror.follow('nation');
  const errors: unknown[] = [];
  const channel = createChannel({
    id: 'demo', edition, table, playhead, player: createReplayPlayer({ name: 'replay', recording }), log: store.log, history: store.history, alarmLog: store.alarms, alarmEvents: [],
    createGate: () => createGate({ table, sources }), createState: () => createChannelState({ table, sources }),
    publisher: publishTo((frame) => errors.push(...(mirror.takeFrame(frame) === 'applied' ? [] : ['a frame did not fit']))), onError: (error) => errors.push(error),
  });
  await channel.open({ resolution: 'raw', observations: [] });

  const heldOf = (seriesIndex: number): Reading => selectReading(mirror, seriesIndex);
  /** With the illustrative layer off: what is only filled in has no value where a report would stand ([IL5]). */
  const readingOf = (seriesIndex: number): Reading => {
    const held = heldOf(seriesIndex);
    return held.provenance === 'illustrative' ? { ...held, value: null } : held;
  };
  return {
    channel, recording, readingOf,
    /** What the mirror holds, as plain arrays. */
    picture: () => copyOf(mirror.columns),
    /** "> 15,9%", "62/63", "—": the figure as `DemoFigure` prints it. */
    figure(seriesIndex: number): string {
      const indicator = table.series[seriesIndex]!.indicator;
      const reading = heldOf(seriesIndex);
      const nowMs = playhead.nowMs();
      const freshness = shownFreshness(reading, indicator, nowMs, 'live');
      const words = figureText({ reading, freshness, decimals: indicator.decimals, unit: indicator.unit.vi, show: printedParts(reading), memberUnit: '', isLinkLost: false, nowMs }, t);
      const { main, denominator, unit } = asReported(words, reading);
      return `${main}${denominator === null ? '' : `/${denominator}`}${unit === '%' || unit.startsWith('/') ? unit : ''}`;
    },
    async wait(ms: number) {
      elapsedMs += ms;
      await channel.tick();
    },
    async seek(toMs: number) {
      channel.control({ channel: 'demo', action: 'seek', toMs });
      await channel.tick();
    },
    async close() {
      await channel.close();
      if (errors.length > 0) throw new Error(`The demo channel reported ${String(errors[0])}`);
    },
  };
}

function publishTo(deliver: (frame: Uint8Array) => void): ChannelPublisher {
  const encoder = createFrameEncoder(decimalsOf(table));
  let published: ReadingColumns = createReadingColumns(table.series.length);
  let seq = 0;
  const headerOf = ({ epoch, playback }: ChannelView, kind: 'snapshot' | 'delta') => ({
    kind, channel: 'demo' as const, topic: 'nation', epoch, baseSeq: kind === 'delta' ? seq : 0, seq: seq + 1, serverTimeMs: 0, dataTimeMs: playback().nowMs, seriesCount: table.series.length,
  });
  const begin = async (channel: ChannelView) => {
    seq = 0;
    deliver(encoder.encodeSnapshot(headerOf(channel, 'snapshot'), channel.readings.columns, topicRanges(table, 'nation') ?? []));
    seq = 1;
    published = copyOf(channel.readings.columns);
  };
  return {
    open: begin, newEpoch: begin, announcePlayback() {}, publishAlarms() {},
    publish(channel, changed) {
      if (changed.length === 0) return;
      deliver(encoder.encodeDelta(headerOf(channel, 'delta'), published, channel.readings.columns, changed));
      seq += 1;
      published = copyOf(channel.readings.columns);
    },
  };
}
