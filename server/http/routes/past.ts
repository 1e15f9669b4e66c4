import { z } from 'zod';
import { createFrameEncoder } from '../../../shared/frame/encodeFrame.ts';
import type { SeriesRange } from '../../../shared/frame/frame.ts';
import { decimalsOf, topicRanges } from '../../../shared/frame/topicRanges.ts';
import { PastDto } from '../../../shared/protocol/past.ts';
import { Topic } from '../../../shared/protocol/socket.ts';
import type { ChannelView } from '../../ports/channel.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE } from '../examples.ts';
import { PAST_UNITS, readPicture } from '../picture.ts';
import { ProblemError } from '../problem.ts';
import { channelField, findChannel, momentField, refuseFuture } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

const pastField = momentField('As of when.');
const topicField = Topic.describe('What a subscriber follows: "nation", or "province:" and its code.').meta({ examples: ['province:10'] });

/** No tick of the channel: what a reader holds of the past cannot be continued by deltas. */
const NO_SEQUENCE = 0;

/** @throws ProblemError 404 that says which topics there are. */
function findRanges({ table, edition }: ChannelView, topic: string): readonly SeriesRange[] {
  const ranges = topicRanges(table, topic);
  if (ranges !== undefined) return ranges;
  throw new ProblemError('not-found', `Edition ${edition} has no topic "${topic}". Ask for "nation", or "province:" and a code of /api/v1/localities?edition=${edition}.`);
}

/** @throws ProblemError 404 for a moment from which nothing is kept; it says from when there is. */
async function refuseBeforeHistory({ id, history }: ChannelView, atMs: number): Promise<void> {
  const beginsAtMs = await history.beginsAtMs();
  if (beginsAtMs !== null && atMs >= beginsAtMs) return;
  const begin = beginsAtMs === null ? 'Nothing has been kept yet' : `What is kept begins at ${new Date(beginsAtMs).toISOString()}`;
  throw new ProblemError('not-found', `Channel "${id}" has no readings of ${new Date(atMs).toISOString()}. ${begin}.`, {
    errors: [{ where: 'query at', got: String(atMs), expected: beginsAtMs === null ? 'a time after the first reading' : `a time from ${beginsAtMs}` }],
  });
}

/** A past picture as a snapshot frame: a page applies it to a mirror as it would a live one. */
export function frameRoute({ channels, projectAsOf }: Pick<HttpDependencies, 'channels' | 'projectAsOf'>): Route {
  return defineRoute({
    path: '/api/v1/frame',
    query: z.strictObject({ channel: channelField, topic: topicField, at: pastField }),
    summary: { vi: 'Khung nhị phân của một thời điểm đã qua', en: 'The snapshot frame that a subscriber of a topic would have had at a past time; bytes as in shared/frame/README.md, sequence 0' },
    answer: { status: 200, mediaType: 'application/octet-stream', schema: null, name: 'Frame', example: 'DVP1…' },
    cost: () => PAST_UNITS,
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, topic, at }) {
      const channel = findChannel(channels, channelId);
      const ranges = findRanges(channel, topic);
      refuseFuture(channel, 'at', at);
      await refuseBeforeHistory(channel, at);
      const { columns } = await readPicture(channel, projectAsOf, at);
      const header = {
        kind: 'snapshot', channel: channel.id, topic, epoch: channel.epoch, baseSeq: 0, seq: NO_SEQUENCE,
        serverTimeMs: at, dataTimeMs: at, seriesCount: channel.table.series.length,
      } as const;
      return { kind: 'bytes', mediaType: 'application/octet-stream', bytes: createFrameEncoder(decimalsOf(channel.table)).encodeSnapshot(header, columns, ranges) };
    },
  });
}

/** What stands beside a past picture: alarm conditions of then, and from when to when there is a past. */
export function pastRoute({ channels, alarmsAsOf }: Pick<HttpDependencies, 'channels' | 'alarmsAsOf'>): Route {
  return defineRoute({
    path: '/api/v1/past',
    query: z.strictObject({ channel: channelField, at: pastField }),
    summary: { vi: 'Cảnh báo suy ra từ số đo của một thời điểm đã qua, và khoảng thời gian còn lưu', en: 'Alarm conditions that the readings of a past time fulfil, and the time that is kept' },
    answer: answers('Past', PastDto, { channel: 'live', epoch: EPOCH_EXAMPLE, atMs: AT_EXAMPLE_MS, beginsAtMs: AT_EXAMPLE_MS - 86_400_000, nowMs: AT_EXAMPLE_MS + 3_600_000, resolution: 'raw', alarms: [] }),
    cost: () => PAST_UNITS,
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, at }) {
      const channel = findChannel(channels, channelId);
      const beginsAtMs = await channel.history.beginsAtMs();
      const { nowMs } = channel.playback();
      const span = { channel: channel.id, epoch: channel.epoch, atMs: at, beginsAtMs, nowMs };
      if (beginsAtMs === null || at < beginsAtMs || at > nowMs) return json({ ...span, resolution: null, alarms: null } satisfies PastDto);
      const answer = await channel.history.asOf(at);
      return json({ ...span, resolution: answer.resolution, alarms: [...alarmsAsOf(channel, answer, at)] } satisfies PastDto);
    },
  });
}
