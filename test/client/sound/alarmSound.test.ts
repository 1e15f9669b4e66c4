import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { volumeFrom } from '../../../client/screens/useAlarmSound.ts';
import { ALARM_SOUND, type AlarmSound, muteLeftMs, SILENT, type Sound, sound, type SoundInput, toggleMute } from '../../../client/sound/alarmSound.ts';
import { HARMONICS, PATTERNS, RAMP_RATIO } from '../../../client/sound/patterns.ts';
import type { Speaker } from '../../../client/sound/createSpeaker.ts';
import { startAlarmSound } from '../../../client/sound/startAlarmSound.ts';
import { createMirrorStore } from '../../../client/store/createMirrorStore.ts';
import { realTable } from '../../support/aCatalogue.ts';
import type { Alarm } from '../../../shared/domain/alarm.ts';
import { alarmWith } from '../../support/alarmWith.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function anAlarm(localityCode: string, more: Partial<Record<keyof Alarm, unknown>> = {}): Alarm {
  const id = `security:${localityCode}:alerts-critical`;
  return alarmWith({
    id, occurrenceId: `${id}@1`, severity: 'critical', domain: 'security', localityCode, indicatorId: 'alerts-critical', sourceId: null,
    kind: 'security', value: 1, state: 'UNACK', sinceMs: 0, dataLost: false, ...more,
  });
}

/** A page, second by second; what it played. */
function aPage(first: Partial<SoundInput> = {}) {
  let held: AlarmSound = SILENT;
  let input: SoundInput = { alarms: [], alarmSnapshots: 1, nowMs: 1_000_000, isPlayedBack: false, isLinkLive: true, ...first };
  const tell = (more: Partial<SoundInput> = {}): Sound | null => {
    input = { ...input, ...more };
    const step = sound(held, input);
    held = step.held;
    return step.sound;
  };
  tell();
  return {
    tell,
    /** Seconds, counted from now, at which something sounded. */
    wait(seconds: number): [number, Sound][] {
      return Array.from({ length: seconds }, (_, i) => [i + 1, tell({ nowMs: input.nowMs + SECOND })] as const)
        .filter((heard): heard is [number, Sound] => heard[1] !== null);
    },
    toggleMute() { held = toggleMute(held); },
    get muteLeftMs() { return muteLeftMs(held); },
  };
}

describe('[SD1] a new unanswered alarm sounds once, by its level', () => {
  test.each([['critical', 'critical'], ['high', 'high'], ['medium', 'medium'], ['unknown', 'medium'], ['low', null]] as const)('%s: %s', (severity, expected) => {
    const page = aPage();
    expect(page.tell({ alarms: [anAlarm('68', { severity })] })).toBe(expected);
    expect(page.wait(14)).toEqual([]);
  });

  test.each(['ACKED', 'RTN_UNACK'])('one that comes as %s is not news', (state) => {
    expect(aPage().tell({ alarms: [anAlarm('68', { state })] })).toBeNull();
  });

  test('what gets worse sounds again, what eases does not', () => {
    const page = aPage();
    page.tell({ alarms: [anAlarm('68', { severity: 'medium' })] });
    page.wait(10);
    expect(page.tell({ alarms: [anAlarm('68', { severity: 'high' })] })).toBe('high');
    page.wait(10);
    expect(page.tell({ alarms: [anAlarm('68', { severity: 'medium' })] })).toBeNull();
  });

  test('several at once are one sound, the loudest; a louder one cuts in, a softer one waits', () => {
    const page = aPage();
    const first = [anAlarm('01', { severity: 'medium' }), anAlarm('68', { severity: 'high' })];
    expect(page.tell({ alarms: first })).toBe('high');
    const second = [...first, anAlarm('79')];
    expect(page.tell({ alarms: second })).toBe('critical');
    expect(page.tell({ alarms: [...second, anAlarm('92', { severity: 'medium' })] })).toBeNull();
    expect(page.wait(5)).toEqual([[4, 'medium']]);
  });
});

describe('[SD2] a critical alarm repeats every 15 s', () => {
  test('until it is acknowledged', () => {
    const page = aPage();
    page.tell({ alarms: [anAlarm('68')] });
    expect(page.wait(46)).toEqual([[15, 'critical'], [30, 'critical'], [45, 'critical']]);
    page.tell({ alarms: [anAlarm('68', { state: 'ACKED' })] });
    expect(page.wait(60)).toEqual([]);
  });

  test('or has been heard for ten minutes; a later one begins anew', () => {
    const page = aPage();
    page.tell({ alarms: [anAlarm('68')] });
    expect(page.wait(600)).toHaveLength(39);
    expect(page.wait(600)).toEqual([]);
    expect(page.tell({ alarms: [anAlarm('68'), anAlarm('01')] })).toBe('critical');
  });
});

describe('[SD3] what was there before is not news', () => {
  const open = [anAlarm('68', { severity: 'high' }), anAlarm('01', { severity: 'medium' })];

  test('not in the first picture, nor when the whole list comes again', () => {
    const page = aPage({ alarms: open });
    expect(page.tell({ alarms: [...open, anAlarm('79', { severity: 'high' })], alarmSnapshots: 2 })).toBeNull();
    expect(page.wait(60)).toEqual([]);
  });

  test('an unanswered critical one takes up its repeat, not at once', () => {
    expect(aPage({ alarms: [anAlarm('68')] }).wait(30)).toEqual([[15, 'critical'], [30, 'critical']]);
  });
});

test('[SD4] in a flood each group sounds once', () => {
  const page = aPage();
  const links = Array.from({ length: 30 }, (_, i) => anAlarm('68', { occurrenceId: `link-${i}`, severity: 'high', kind: 'state', indicatorId: 'tslcd-link-state' }));
  const heard = links.map((_, i) => { page.wait(5); return page.tell({ alarms: links.slice(0, i + 1) }); });
  expect(heard.filter((it) => it !== null)).toHaveLength(ALARM_SOUND.flood.most);
  page.wait(5);
  expect(page.tell({ alarms: [...links, anAlarm('68', { occurrenceId: 'soc', severity: 'high' })] })).toBe('high');
});

describe('[SD5] nothing sounds in a replay or without a link', () => {
  test('a replay is silent whatever comes', () => {
    const page = aPage({ isPlayedBack: true });
    expect(page.tell({ alarms: [anAlarm('68')] })).toBeNull();
    expect(page.wait(60)).toEqual([]);
  });

  test('what came in a lost link is news when the link is back, and nothing is if the whole list came', () => {
    const page = aPage();
    expect(page.tell({ isLinkLive: false, alarms: [anAlarm('68', { severity: 'high' })] })).toBeNull();
    expect(page.wait(30)).toEqual([]);
    expect(page.tell({ isLinkLive: true })).toBe('high');
    page.tell({ isLinkLive: false });
    expect(page.tell({ isLinkLive: true, alarmSnapshots: 2, alarms: [anAlarm('01', { severity: 'high' })] })).toBeNull();
  });
});

describe('[SD6] a mute', () => {
  test('lasts ten minutes; what is still critical and unanswered is heard then', () => {
    const page = aPage();
    page.toggleMute();
    expect(page.tell({ alarms: [anAlarm('68'), anAlarm('01', { severity: 'high' })] })).toBeNull();
    expect(page.wait(599)).toEqual([]);
    expect(page.muteLeftMs).toBe(SECOND);
    expect(page.wait(2)).toEqual([[1, 'critical']]);
    expect(page.muteLeftMs).toBeNull();
  });

  test('ends when asked for again', () => {
    const page = aPage({ alarms: [anAlarm('68')] });
    page.toggleMute();
    page.wait(60);
    page.toggleMute();
    expect(page.wait(1)).toEqual([[1, 'critical']]);
  });

  test('is not made longer by a clock set back', () => {
    const page = aPage();
    page.toggleMute();
    page.wait(300);
    page.tell({ nowMs: 1_000 });
    expect(page.muteLeftMs).toBe(5 * MINUTE);
  });
});

const PLACES = ['01', '68', '79', '92'];
const happening = fc.record({
  afterMs: fc.integer({ min: -5_000, max: 20_000 }), open: fc.uniqueArray(fc.nat({ max: 3 })), isAcked: fc.boolean(), severity: fc.constantFrom('critical', 'high', 'medium', 'low', 'unknown'),
  isLinkLive: fc.boolean(), isPlayedBack: fc.boolean(), isSnapshot: fc.boolean(), mutes: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
});

test('[SD9] whatever happens: silent when it must be, one occurrence never twice within the time of a pattern, an unanswered critical one heard in the end', () => {
  fc.assert(fc.property(fc.array(happening, { maxLength: 80 }), (happenings) => {
    let held = SILENT;
    let nowMs = 1_000_000;
    let alarmSnapshots = 1;
    let last: { sound: Sound; atMs: number } | null = null;
    for (const { afterMs, open, isAcked, severity, isLinkLive, isPlayedBack, isSnapshot, mutes } of happenings) {
      nowMs += afterMs;
      if (isSnapshot) alarmSnapshots += 1;
      if (mutes) held = toggleMute(held);
      const input: SoundInput = { alarms: open.map((place) => anAlarm(PLACES[place]!, { severity, state: isAcked ? 'ACKED' : 'UNACK' })), alarmSnapshots, nowMs, isPlayedBack, isLinkLive };
      const step = sound(held, input);
      held = step.held;
      if (step.sound === null) continue;
      expect({ isLinkLive, isPlayedBack, mutedUntilMs: held.mutedUntilMs }).toEqual({ isLinkLive: true, isPlayedBack: false, mutedUntilMs: null });
      // Told the same again at the same moment, it says nothing.
      expect(sound(held, input).sound).toBeNull();
      // Only a louder one comes sooner than a pattern's length after another.
      const loudness: Sound[] = ['medium', 'high', 'critical'];
      if (last !== null && held.elapsedMs - last.atMs < ALARM_SOUND.apartMs) expect(loudness.indexOf(step.sound)).toBeGreaterThan(loudness.indexOf(last.sound));
      last = { sound: step.sound, atMs: held.elapsedMs };
    }
    const unheard = { alarms: [anAlarm('24', { occurrenceId: 'last' })], alarmSnapshots, isPlayedBack: false, isLinkLive: true };
    const heard = Array.from({ length: 620 }, (_, i) => {
      const step = sound(held, { ...unheard, nowMs: nowMs + (i + 1) * SECOND });
      held = step.held;
      return step.sound;
    });
    expect(heard).toContain('critical');
  }));
});

describe('[SD7] levels differ in rhythm and in pitch, within the bounds of IEC 60601-1-8', () => {
  const { critical, high, medium } = PATTERNS;
  const frequencies = ({ pulses }: typeof critical) => pulses.map(({ frequencyHz }) => frequencyHz);

  test('ten pulses, three, one; each level above the next in pitch and loudness', () => {
    expect([critical, high, medium].map(({ pulses }) => pulses.length)).toEqual([10, 3, 1]);
    expect(Math.min(...frequencies(critical))).toBeGreaterThan(Math.max(...frequencies(high)));
    expect(Math.min(...frequencies(high))).toBeGreaterThan(Math.max(...frequencies(medium)));
    expect(critical.gain).toBeGreaterThan(high.gain);
    expect(high.gain).toBeGreaterThan(medium.gain);
  });

  test.each(Object.entries(PATTERNS))('%s: pulses of its length, apart, between 150 and 1000 Hz, over before the next may begin', (name, { pulses, gain }) => {
    const [shortest, longest] = name === 'critical' ? [75, 200] : [125, 250];
    pulses.forEach(({ atMs, lengthMs, frequencyHz }, i) => {
      expect(lengthMs).toBeGreaterThanOrEqual(shortest!);
      expect(lengthMs).toBeLessThanOrEqual(longest!);
      expect(frequencyHz).toBeGreaterThanOrEqual(150);
      expect(frequencyHz).toBeLessThanOrEqual(1_000);
      const next = pulses[i + 1];
      if (next !== undefined) expect(next.atMs - atMs - lengthMs).toBeGreaterThanOrEqual(50);
      expect(atMs + lengthMs).toBeLessThan(ALARM_SOUND.apartMs);
    });
    expect(gain).toBeLessThanOrEqual(1);
  });

  test('at least four harmonics up to 4000 Hz, within 15 dB of the fundamental; edges rise over 10 to 40 % of a pulse', () => {
    for (const { pulses } of Object.values(PATTERNS)) for (const { frequencyHz } of pulses) {
      const inRange = HARMONICS.filter((amplitude, i) => frequencyHz * (i + 1) >= 300 && frequencyHz * (i + 1) <= 4_000 && Math.abs(20 * Math.log10(amplitude)) <= 15);
      expect(inRange.length).toBeGreaterThanOrEqual(4);
    }
    expect(RAMP_RATIO).toBeGreaterThanOrEqual(0.1);
    expect(RAMP_RATIO).toBeLessThanOrEqual(0.4);
  });
});

test.each([['', 0.6], ['volume=', 0.6], ['volume=loud', 0.6], ['volume=25', 0.25], ['volume=0', 0], ['volume=900', 1], ['volume=-5', 0]])('[SD8] "%s" is a volume of %s', (query, volume) => {
  expect(volumeFrom(new URLSearchParams(query))).toBe(volume);
});

test('[AW9] what is said again because nobody ended it sounds again, at once', () => {
  const page = aPage();
  expect(page.tell({ alarms: [anAlarm('68')] })).toBe('critical');
  page.tell({ alarms: [anAlarm('68', { state: 'ACKED' })] });
  expect(page.wait(60)).toEqual([]);
  expect(page.tell({ alarms: [anAlarm('68', { escalations: 1 })] })).toBe('critical');
});

test('[AW9] what a cause explains, or a shelf hides, is not heard', () => {
  const store = createMirrorStore({ table: realTable('2021'), channel: 'live', edition: '2021', scheduleFrame: (flush) => flush() });
  const played: Sound[] = [];
  const speaker: Speaker = { isAllowed: true, play: (one) => { played.push(one); }, stop() {}, allow() {}, onAllowed: () => () => {}, close() {} };
  const begin = { alarmSnapshots: 1, serverNowMs: 1_000_000, link: { state: 'live', sinceMs: 0, attempt: 0, retryInMs: null } } as const;
  store.setState(begin);
  const sounding = startAlarmSound(store, speaker);
  store.setState({ alarms: [anAlarm('68', { suppressedBy: 'cause:68:x' }), anAlarm('01', { shelved: { by: 'a', atMs: 1, untilMs: 2, why: 'x' } })], serverNowMs: 1_001_000 });
  store.setState({ serverNowMs: 1_060_000 });
  expect(played).toEqual([]);
  store.setState({ alarms: [anAlarm('68')], serverNowMs: 1_061_000 });
  expect(played).toEqual(['critical']);
  sounding.close();
});
