import { afterEach, describe, expect, test } from 'vitest';
import { readCatalogue } from '../../server/catalogue.ts';
import { createChannel } from '../../server/channel.ts';
import { createGate } from '../../server/ingest/gate.ts';
import { openStore, type Store } from '../../server/openStore.ts';
import { createLivePlayer } from '../../server/players/livePlayer.ts';
import { createLogRecording } from '../../server/players/logRecording.ts';
import { createMergedPlayer } from '../../server/players/mergedPlayer.ts';
import { createMemoryRecording } from '../../server/players/recording.ts';
import { createPlayhead } from '../../shared/playback/playhead.ts';
import { createReplayPlayer } from '../../server/players/replayPlayer.ts';
import { readScenario } from '../../server/players/simulated/scenario.ts';
import { createSimulatedPlayer } from '../../server/players/simulated/simulatedPlayer.ts';
import type { Player } from '../../server/ports/player.ts';
import { decodeFacts } from '../../server/sources/facts/decode.ts';
import { createChannelState } from '../../server/state/channelState.ts';
import { copyOf, createMirror } from '../support/mirrorOf.ts';

const catalogue = readCatalogue();
const table = catalogue.tablesByEdition[2021];
const START_MS = Date.parse('2026-11-23T14:00:00+07:00');

const stores: Store[] = [];
afterEach(async () => {
  await Promise.all(stores.splice(0).map(({ log }) => log.close()));
});

async function aRun(player: Player, atMs: number) {
  const store = await openStore({ path: ':memory:', table });
  stores.push(store);
  // Moved by hand.
  const playhead = createPlayhead({ startMs: 0, elapsedMs: () => 0, isPlaying: false });
  playhead.seek(atMs);
  const mirror = createMirror(table);
  const errors: unknown[] = [];
  const channel = createChannel({
    id: 'live', edition: '2021', table, player, playhead, log: store.log, history: store.history, alarmLog: store.alarms, alarmEvents: [], publisher: mirror.publisher,
    createGate: () => createGate({ table, sources: catalogue.sources }),
    createState: (open) => createChannelState({ table, sources: catalogue.sources, rules: catalogue.alarmRules, open }),
    onError: (error) => errors.push(error),
  });
  await channel.open({ resolution: 'raw', observations: [] });
  return {
    channel, store, mirror, errors,
    async tickAt(ms: number) {
      playhead.seek(ms);
      await channel.tick();
    },
  };
}

const measured = (value: number, observedAtMs: number, eventId: string) =>
  ({ sourceId: 'province-68', eventId, localityCode: '672', indicatorId: 'dossiers-overdue', observedAtMs, value, provenance: 'measured' });

describe('the journey of an observation', () => {
  test('[J1] replaying the log of a live run shows the wall the same picture', async () => {
    const live = createLivePlayer({ onArrival: () => {} });
    const simulated = createSimulatedPlayer({ table, sources: catalogue.sources, seed: 7, startMs: START_MS, rateMultiplier: 10, scenario: readScenario('storm-central') });
    const run = await aRun(createMergedPlayer(live, simulated), START_MS);
    for (let second = 0; second <= 90; second++) {
      const atMs = START_MS + second * 1_000;
      if (second === 30) void live.receive([measured(41, atMs - 5_000, 'a'), { junk: true }, measured(7, atMs + 3_600_000, 'future')], atMs);
      // Late, and a resend: the picture must not step back.
      if (second === 40) void live.receive([measured(12, atMs - 600_000, 'late'), measured(41, START_MS + 25_000, 'a')], atMs);
      await run.tickAt(atMs);
    }
    const endMs = START_MS + 90_000;
    expect(run.errors).toEqual([]);
    expect(run.mirror.columns).toEqual(copyOf(run.channel.readings.columns));
    expect(run.mirror.columns.value[table.indexOf('672', 'dossiers-overdue') ?? -1]).toBe(41);
    expect(run.channel.refusals().map(({ reason, count }) => [reason, count]).sort()).toEqual([['duplicate', 1], ['future', 1], ['malformed', 1]]);

    const recording = await createLogRecording(run.store.log, table);
    const replay = await aRun(createReplayPlayer({ name: 'replay', recording }), START_MS);
    // In other steps than the live run's: the picture may not depend on them.
    for (const atMs of [START_MS + 1_500, START_MS + 31_000, endMs]) await replay.tickAt(atMs);

    expect(replay.errors).toEqual([]);
    expect(replay.channel.acceptedCount()).toBe(run.channel.acceptedCount());
    expect(replay.mirror.columns).toEqual(run.mirror.columns);
    expect(replay.channel.openAlarms().map(({ occurrenceId }) => occurrenceId).sort()).toEqual(run.channel.openAlarms().map(({ occurrenceId }) => occurrenceId).sort());
    expect(replay.channel.sourceHealth()).toEqual(run.channel.sourceHealth());
  });

  test('[J2] seeking shows what playing there would have shown, under a new epoch', async () => {
    const facts = () => createReplayPlayer({ name: 'replay', recording: createMemoryRecording(decodeFacts(catalogue.facts)) });
    const startMs = Date.parse('2019-07-01T00:00:00+07:00');
    const toMs = Date.parse('2020-09-01T00:00:00+07:00');
    const player = facts();
    const played = await aRun(player, player.startMs ?? startMs);
    for (let atMs = player.startMs ?? startMs; atMs < toMs; atMs += 30 * 86_400_000) await played.tickAt(atMs);
    await played.tickAt(toMs);

    const sought = await aRun(facts(), startMs);
    const epochBefore = sought.channel.epoch;
    expect(sought.channel.control({ channel: 'live', action: 'seek', toMs })).toBeNull();
    await sought.tickAt(toMs);

    expect(sought.errors).toEqual([]);
    expect(sought.channel.epoch).not.toBe(epochBefore);
    expect(sought.mirror.columns).toEqual(played.mirror.columns);
    expect(sought.mirror.columns.value[table.indexOf('VN', 'tslcd-share') ?? -1]).toBe(96);
  });
});
