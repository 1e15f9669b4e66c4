import type { ChannelDto, ReadingDto } from '../../shared/protocol/http.ts';
import { ChannelDto as ChannelSchema, ReadingDto as ReadingSchema } from '../../shared/protocol/http.ts';

/** Shown in the description of the interface; parsed here, so that an example that no longer fits stops the start. */
export const EPOCH_EXAMPLE = '9f2c4e6a8b0d1f35';
export const AT_EXAMPLE_MS = 1_772_326_800_000;

export const READING_EXAMPLE: ReadingDto = ReadingSchema.parse({
  localityCode: '10', indicatorId: 'tslcd-share', value: 88.9, numerator: 8, denominator: 9, observedAtMs: AT_EXAMPLE_MS,
  freshness: 'fresh', provenance: 'measured', comparator: 'exactly', membersFresh: 9, membersExpected: 9,
});

export const CHANNEL_EXAMPLE: ChannelDto = ChannelSchema.parse({
  channel: 'live', edition: '2021', epoch: EPOCH_EXAMPLE, player: 'live', seriesCount: 19_000,
  playback: { nowMs: AT_EXAMPLE_MS, rate: 1, isPlaying: true, startMs: null, endMs: null, capabilities: [] },
});
