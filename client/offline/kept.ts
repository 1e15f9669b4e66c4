import { z } from 'zod';
import { ChannelId, EditionId } from '../../shared/domain/ids.ts';
import { type Indicator, IndicatorList } from '../../shared/domain/indicator.ts';
import { Locality } from '../../shared/domain/locality.ts';
import { crc32 } from '../../shared/frame/crc32.ts';
import { createFrameEncoder } from '../../shared/frame/encodeFrame.ts';
import { decimalsOf, topicRanges } from '../../shared/frame/topicRanges.ts';
import { Alarm } from '../../shared/domain/alarm.ts';
import { PlaybackState, Topic } from '../../shared/protocol/socket.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/version.ts';
import { type Catalogue, createCatalogue } from '../catalogue/catalogue.ts';
import type { MirrorStore } from '../store/createMirrorStore.ts';
import { withAlarms } from '../store/mirrorState.ts';

/** What the kept pictures are about. */
export const KeptCatalogue = z.strictObject({
  protocolVersion: z.literal(PROTOCOL_VERSION),
  channel: ChannelId,
  edition: EditionId,
  localities: z.array(Locality).min(1),
  indicators: IndicatorList,
});
export type KeptCatalogue = z.infer<typeof KeptCatalogue>;

/** The last that was seen of a topic: one frame, and what a screen shows beside it. */
export const KeptPicture = z.strictObject({
  protocolVersion: z.literal(PROTOCOL_VERSION),
  channel: ChannelId,
  edition: EditionId,
  topic: Topic,
  /** `catalogueMark` of the catalogue that its series are numbered by. */
  mark: z.number(),
  /** When the server last said that this is all there is. Its own clock, epoch ms. */
  atMs: z.number(),
  /** The playhead at that moment. Epoch ms on the data's axis. */
  dataTimeMs: z.number(),
  alarms: z.array(Alarm),
  playback: PlaybackState.nullable(),
  frame: z.instanceof(Uint8Array),
  /** CRC-32 of the frame. */
  check: z.number(),
});
export type KeptPicture = z.infer<typeof KeptPicture>;

/** Tells two catalogues apart: series are numbered by their order ([S1]). */
export function catalogueMark(localities: readonly Locality[], indicators: readonly Indicator[]): number {
  return crc32(new TextEncoder().encode(JSON.stringify([localities, indicators])));
}

export function packCatalogue({ edition, table }: Catalogue, channel: ChannelId): KeptCatalogue {
  return { protocolVersion: PROTOCOL_VERSION, channel, edition, localities: [...table.localities], indicators: [...table.indicators] };
}

/** [OF7] `null`: not kept by this version, or not whole. */
export function readCatalogue(kept: unknown): Catalogue | null {
  const parsed = KeptCatalogue.safeParse(kept);
  if (!parsed.success) return null;
  try {
    return createCatalogue(parsed.data, parsed.data.indicators);
  } catch {
    // Parents and children of a list that was cut need not fit together.
    return null;
  }
}

/** [OF6] `null`: there is nothing to keep, or only what was kept before. */
export function packPicture({ table, channel, columns, topic, position, getState }: MirrorStore, mark: number): KeptPicture | null {
  const { confirmed, kept, isWaitingForResync, edition, serverNowMs, dataNowMs, alarms, playback } = getState();
  const ranges = topic === null ? undefined : topicRanges(table, topic);
  if (topic === null || ranges === undefined || position === null || confirmed === null || kept !== null || isWaitingForResync || confirmed.epoch !== position.epoch) return null;
  const dataTimeMs = dataNowMs - (serverNowMs - confirmed.atMs);
  const frame = createFrameEncoder(decimalsOf(table)).encodeSnapshot({
    kind: 'snapshot', channel, topic, epoch: position.epoch, baseSeq: 0, seq: position.seq, serverTimeMs: confirmed.atMs, dataTimeMs, seriesCount: table.series.length,
  }, columns, ranges);
  return { protocolVersion: PROTOCOL_VERSION, channel, edition, topic: Topic.parse(topic), mark, atMs: confirmed.atMs, dataTimeMs, alarms: [...alarms], playback, frame, check: crc32(frame) };
}

/** [OF7] Shows `kept` in a store that has no link; the frame goes the way of every frame. `false`: it does not belong there, or is not whole, and nothing was changed. */
export function showPicture(store: MirrorStore, topic: string, mark: number, kept: unknown): boolean {
  const parsed = KeptPicture.safeParse(kept);
  if (!parsed.success) return false;
  const { channel, edition, topic: of, mark: by, atMs, dataTimeMs, alarms, playback, frame, check } = parsed.data;
  const isOurs = channel === store.channel && edition === store.getState().edition && of === topic && by === mark && check === crc32(frame);
  const { link, kept: shown } = store.getState();
  // A picture of the server's own is there, or about to be.
  if (!isOurs || link.state === 'live' || (store.position !== null && store.topic === topic) || (shown !== null && store.topic === topic)) return false;
  store.follow(topic);
  if (!store.takeKept(frame)) return false;
  store.setState(({ alarmSnapshots }) => ({
    kept: { atMs, dataTimeMs }, alarms: withAlarms([], alarms), alarmSnapshots: alarmSnapshots + 1, playback, dataNowMs: dataTimeMs,
    link: { ...link, state: 'lost', sinceMs: atMs },
  }));
  return true;
}
