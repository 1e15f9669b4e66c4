import { describe, expect, test } from 'vitest';
import type { Outcome, QuarantinedItem } from '../../server/ports/ingest.ts';
import { createReleases } from '../../server/releases.ts';
import { aCandidate, START_MS } from '../support/anObservation.ts';

const DAY_MS = 86_400_000;
const BY = { by: 'Quản trị viên', why: 'Đã đối chiếu.' };

function someReleases(items: readonly QuarantinedItem[], outcome: Outcome | Error = { outcome: 'stored', offset: 7 }) {
  const handed: unknown[] = [];
  const held = [...items];
  const releases = createReleases({
    held: () => held, nowMs: () => START_MS,
    handOver: ({ candidate, receivedAtMs, onOutcome, onFailure }) => {
      handed.push({ candidate, receivedAtMs });
      if (outcome instanceof Error) onFailure?.(outcome);
      else onOutcome?.(outcome);
    },
  });
  return { ...releases, handed, held };
}
const late: QuarantinedItem = { id: 4, receivedAtMs: START_MS - DAY_MS, reason: 'too-late', detail: '', candidate: aCandidate({ observedAtMs: START_MS - 3 * DAY_MS }) };
const ahead: QuarantinedItem = { id: 5, receivedAtMs: START_MS - DAY_MS, reason: 'future', detail: '', candidate: aCandidate({ observedAtMs: START_MS + 1 }) };

describe('[QR1] a quarantined reading can be released', () => {
  test('it goes through the gate as of now, marked; who and why stay with it', async () => {
    const { release, handed, list } = someReleases([late]);
    expect(await release(4, BY)).toEqual({ kind: 'released', outcome: { outcome: 'stored', offset: 7 } });
    expect(handed).toEqual([{ candidate: { ...aCandidate({ observedAtMs: START_MS - 3 * DAY_MS }), ref: 'released-from-quarantine' }, receivedAtMs: START_MS }]);
    expect(list()).toMatchObject([{ id: 4, released: { ...BY, atMs: START_MS, outcome: { outcome: 'stored' } } }]);
  });

  test('once: at once or later, the second is refused; but what was not stored can be released again', async () => {
    const { release, handed } = someReleases([late]);
    const answers = await Promise.all([release(4, BY), release(4, BY)]);
    expect([answers.map(({ kind }) => kind), (await release(4, BY)).kind, handed.length]).toEqual([['released', 'again'], 'again', 1]);
    const failing = someReleases([late], new Error('disk full'));
    for (let time = 0; time < 2; time++) await expect(failing.release(4, BY)).rejects.toThrow('disk full');
    expect(failing.list()[0]?.released).toBeNull();
  });

  test('what speaks of the future waits until that has come', async () => {
    const { release, handed } = someReleases([ahead]);
    expect(await release(5, BY)).toEqual({ kind: 'too-early', fromMs: START_MS + 1 });
    expect(handed).toEqual([]);
  });

  test('what the quarantine no longer holds cannot be released, and is forgotten here too', async () => {
    const { release, held, list } = someReleases([late]);
    await release(4, BY);
    held.length = 0;
    expect([await release(4, BY), await release(Number.NaN, BY), list()]).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }, []]);
  });
});
