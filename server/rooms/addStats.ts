import type { RoomsStats } from './rooms.ts';

export const NO_STATS: RoomsStats = {
  sessions: 0, emitSessions: 0, subscribers: [],
  encodedDeltas: 0, sentDeltas: 0, encodedSnapshots: 0, sentSnapshots: 0, skippedForSlow: 0, sentBytes: 0, refusedMessages: 0, withheldNotices: 0, endedForRefusals: 0,
};

/** Of two processes together. */
export function addStats(a: RoomsStats, b: RoomsStats): RoomsStats {
  const byTopic = new Map<string, RoomsStats['subscribers'][number]>();
  for (const { channel, topic, count } of [...a.subscribers, ...b.subscribers]) {
    const key = `${channel} ${topic}`;
    byTopic.set(key, { channel, topic, count: count + (byTopic.get(key)?.count ?? 0) });
  }
  return {
    sessions: a.sessions + b.sessions, emitSessions: a.emitSessions + b.emitSessions, subscribers: [...byTopic.values()],
    encodedDeltas: a.encodedDeltas + b.encodedDeltas, sentDeltas: a.sentDeltas + b.sentDeltas,
    encodedSnapshots: a.encodedSnapshots + b.encodedSnapshots, sentSnapshots: a.sentSnapshots + b.sentSnapshots,
    skippedForSlow: a.skippedForSlow + b.skippedForSlow, sentBytes: a.sentBytes + b.sentBytes, refusedMessages: a.refusedMessages + b.refusedMessages,
    withheldNotices: a.withheldNotices + b.withheldNotices, endedForRefusals: a.endedForRefusals + b.endedForRefusals,
  };
}
