import { z } from 'zod';
import { ChannelDto } from './http.ts';
import { SourceHealth, Topic } from './socket.ts';

const EpochMs = z.number().int();

/** Where the index lies in the folder of a replay without a server; the file of frames lies beside it. */
export const REPLAY_INDEX_PATH = 'replay/index.json';

/** Everything of a replay but its frames, and what the HTTP interface would answer to its screen. */
export const ReplayIndex = z.strictObject({
  format: z.literal('ioc-replay'),
  version: z.literal(1),
  /** The channel at its start, before anybody has moved it. Its epoch is that of the frames. */
  channel: ChannelDto,
  /** What the frames carry. */
  topic: Topic,
  /** Places at which the playhead stops by itself, ascending. */
  stopsMs: z.array(EpochMs),
  frames: z.strictObject({
    /** Name of the file, which changes with its content, in the folder of the index. */
    file: z.string().regex(/^[\w-]+\.bin$/, 'must be the name of a .bin file, without a folder'),
    count: z.number().int().positive(),
    bytes: z.number().int().positive(),
  }),
  /** How the sources do from that time on, ascending; the first from the start of the channel. */
  sources: z.array(z.strictObject({ fromMs: EpochMs, health: SourceHealth })).min(1),
  /** By path and query: "/api/v1/indicators". */
  answers: z.record(z.string().startsWith('/api/v1/'), z.unknown()),
});
export type ReplayIndex = z.infer<typeof ReplayIndex>;
