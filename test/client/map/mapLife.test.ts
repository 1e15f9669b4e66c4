import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIRST_LIFE, type MapEvent, type MapLife, nextLife, retryWaitMs, standsIn } from '../../../client/map/mapLife.ts';

const lifeAfter = (events: readonly MapEvent[], from = FIRST_LIFE): MapLife => events.reduce(nextLife, from);
const steady = lifeAfter(['begun', 'drawn', 'steady']);

describe('[GP1] a map that is lost is made anew', () => {
  test('half a second after the loss, and then it counts as repaired', () => {
    const lost = nextLife(steady, 'lost');
    expect(lost).toMatchObject({ stage: 'waiting', contextLosses: 1, rebuilds: 0 });
    expect(retryWaitMs(lost)).toBe(500);
    expect(lifeAfter(['waited', 'begun', 'drawn'], lost)).toMatchObject({ stage: 'drawing', tryNumber: 1, contextLosses: 1, rebuilds: 1 });
  });

  test('tries that fail in a row wait longer, then go on every 20 s for ever', () => {
    let life = nextLife(steady, 'lost');
    const waits = Array.from({ length: 6 }, () => { const waitMs = retryWaitMs(life); life = lifeAfter(['waited', 'missing'], life); return waitMs; });
    expect(waits).toEqual([500, 2_000, 5_000, 20_000, 20_000, 20_000]);
  });

  test('one that dies as soon as it is drawn counts as failed; one that stayed begins anew', () => {
    const died = lifeAfter(['lost', 'waited', 'drawn', 'lost'], steady);
    expect([died.failedTries, retryWaitMs(died)]).toEqual([1, 2_000]);
    const stayed = lifeAfter(['lost', 'waited', 'drawn', 'steady', 'lost'], steady);
    expect([stayed.failedTries, retryWaitMs(stayed), stayed.contextLosses, stayed.rebuilds]).toEqual([0, 500, 2, 1]);
  });

  test('a new map for another size of the page is no repair', () => {
    expect(lifeAfter(['begun', 'drawn'], lifeAfter(['lost', 'waited', 'begun', 'drawn'], steady))).toMatchObject({ stage: 'drawing', rebuilds: 1, contextLosses: 1 });
  });
});

describe('[GP2] what stands in the map’s place', () => {
  test.each<[string, readonly MapEvent[], 'map' | 'outline' | 'table']>([
    ['a first map on its way', ['begun'], 'map'],
    ['a map on screen', ['begun', 'drawn'], 'map'],
    ['a lost one', ['begun', 'drawn', 'steady', 'lost'], 'outline'],
    ['a new one on its way', ['begun', 'drawn', 'steady', 'lost', 'waited', 'begun'], 'outline'],
    ['a first one that did not come', ['begun', 'failed'], 'outline'],
    ['no WebGL2 from the start', ['missing'], 'table'],
    ['no WebGL2 for a while after a loss', ['begun', 'drawn', 'steady', 'lost', 'waited', 'missing'], 'outline'],
    ['three tries in a row that failed', ['begun', 'drawn', 'steady', 'lost', 'waited', 'missing', 'waited', 'failed', 'waited', 'lost'], 'table'],
    ['a map for another size of the page that the browser refuses', ['begun', 'drawn', 'steady', 'begun', 'missing'], 'outline'],
    ['a repair that takes too long', ['begun', 'drawn', 'steady', 'lost', 'overdue'], 'table'],
    ['the try behind that table', ['begun', 'drawn', 'steady', 'lost', 'overdue', 'waited', 'begun'], 'table'],
    ['a repair that came late', ['begun', 'drawn', 'steady', 'lost', 'waited', 'begun', 'overdue', 'drawn'], 'map'],
    ['the next loss after it', ['begun', 'drawn', 'steady', 'lost', 'waited', 'begun', 'overdue', 'drawn', 'lost'], 'outline'],
    ['a map for another size of the page, however long', ['begun', 'drawn', 'steady', 'begun', 'overdue'], 'outline'],
    ['a quiet try behind the table', ['missing', 'waited', 'begun'], 'table'],
    ['a quiet try that came', ['missing', 'waited', 'begun', 'drawn'], 'map'],
  ])('%s', (_what, events, standing) => {
    expect(standsIn(lifeAfter(events))).toBe(standing);
  });
});

// The wall rests on this for a month, so it is tried on many random histories.
test('[GP3] in every order of events: it never stops trying, counts add up, and the map is shown exactly while it draws', () => {
  const anEvent = fc.constantFrom<MapEvent>('begun', 'drawn', 'steady', 'lost', 'missing', 'failed', 'waited', 'overdue');
  fc.assert(fc.property(fc.array(anEvent, { maxLength: 60 }), (events) => {
    let life = FIRST_LIFE;
    for (const event of events) {
      const before = life;
      life = nextLife(before, event);
      expect(life.contextLosses - before.contextLosses).toBe(before.stage !== 'waiting' && event === 'lost' ? 1 : 0);
      expect(life.rebuilds - before.rebuilds).toBe(before.isRepair && before.stage === 'building' && event === 'drawn' ? 1 : 0);
      expect(life.tryNumber - before.tryNumber).toBe(before.stage === 'waiting' && event === 'waited' ? 1 : 0);
      expect(life.rebuilds).toBeLessThanOrEqual(life.tryNumber);
      if (life.stage === 'drawing') expect(standsIn(life)).toBe('map');
      if (life.stage === 'waiting') expect(standsIn(life)).not.toBe('map');
      expect(retryWaitMs(life)).toBeGreaterThanOrEqual(500);
      expect(retryWaitMs(life)).toBeLessThanOrEqual(20_000);
      // From wherever it is, waiting and a GPU that works bring the map back.
      expect(lifeAfter(['waited', 'begun', 'drawn', 'steady'], life)).toMatchObject({ stage: 'drawing', failedTries: 0 });
    }
  }));
});
