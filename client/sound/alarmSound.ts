import type { Severity } from '../../shared/domain/severity.ts';
import { type Alarm, announcementOf } from '../../shared/domain/alarm.ts';

/** What a wall can say aloud. Low alarms are a count only (UI.md §6) and have no sound. */
export type Sound = 'critical' | 'high' | 'medium';

export const ALARM_SOUND = {
  /** IEC 60601-1-8, Table 3: the longest pause between two bursts of the highest priority. */
  repeatMs: 15_000,
  /** A critical alarm has sounded for this long unanswered: whoever is there has heard it. As its picture gives way (`PREEMPTION`). */
  giveUpMs: 10 * 60_000,
  /** UI.md §14: a mute expires. */
  muteMs: 10 * 60_000,
  /** More new alarms than this in that time are a flood (UI.md §8), and a group of it sounds once. */
  flood: { windowMs: 10 * 60_000, most: 10 },
  /** No sound begins while one of at least its level may still be heard; longer than the longest pattern. */
  apartMs: 4_000,
} as const;

export interface SoundInput {
  /** Every alarm that people are told of: none that a cause explains, none on a shelf. */
  readonly alarms: readonly Alarm[];
  /** How often the whole list came instead of changes. Those alarms are not news. */
  readonly alarmSnapshots: number;
  /** Any clock; only what passes on it counts, and a step back counts as nothing. */
  readonly nowMs: number;
  /** Played again from a recording: nobody needs to come. */
  readonly isPlayedBack: boolean;
  /** What is shown is what the server has. Otherwise nobody knows whether an alarm still stands. */
  readonly isLinkLive: boolean;
}

/** Times ending in `AtMs` are on the axis of `elapsedMs`. */
export interface AlarmSound {
  readonly nowMs: number | null;
  readonly elapsedMs: number;
  readonly alarmSnapshots: number;
  /** By announcement, so that what is said again ([LC8]) is news: the worst level this page knows it by. */
  readonly knownRank: ReadonlyMap<string, number>;
  /** By unanswered critical announcement: for how long it could be heard. */
  readonly heardForMs: ReadonlyMap<string, number>;
  /** New alarms of the last ten minutes. */
  readonly recent: readonly { readonly group: string; readonly atMs: number }[];
  /** `null`: nothing repeats. */
  readonly repeatAtMs: number | null;
  /** Waits until what sounds now is over. */
  readonly pending: Sound | null;
  readonly last: { readonly sound: Sound; readonly atMs: number } | null;
  /** `null`: not muted. */
  readonly mutedUntilMs: number | null;
}

export const SILENT: AlarmSound = {
  nowMs: null, elapsedMs: 0, alarmSnapshots: -1, knownRank: new Map(), heardForMs: new Map(), recent: [], repeatAtMs: null, pending: null, last: null, mutedUntilMs: null,
};

export interface SoundStep {
  readonly held: AlarmSound;
  /** To be played now. */
  readonly sound: Sound | null;
}

/** An alarm of unknown level may be anything: it has the soft note, as it has a row of its own. */
const SOUND_OF: Readonly<Record<Severity, Sound | null>> = { critical: 'critical', high: 'high', medium: 'medium', unknown: 'medium', low: null };
const LOUDEST_FIRST: readonly (Sound | null)[] = ['critical', 'high', 'medium', null];

/** 0 is the loudest; what has no sound comes last. */
const rankOf = ({ severity }: Alarm) => LOUDEST_FIRST.indexOf(SOUND_OF[severity]);
const isUnanswered = ({ state }: Alarm) => state === 'UNACK';
const groupOf = ({ kind, indicatorId, severity }: Alarm) => `${kind}/${indicatorId ?? ''}/${severity}`;

function louder(a: Sound | null, b: Sound | null): Sound | null {
  return LOUDEST_FIRST.find((sound) => sound === a || sound === b) ?? null;
}

export function muteLeftMs({ mutedUntilMs, elapsedMs }: AlarmSound): number | null {
  return mutedUntilMs === null ? null : mutedUntilMs - elapsedMs;
}

/** Silence for ten minutes, or the end of it. What repeats is then heard at once. */
export function toggleMute(held: AlarmSound): AlarmSound {
  if (held.mutedUntilMs !== null) return { ...held, mutedUntilMs: null };
  return { ...held, mutedUntilMs: held.elapsedMs + ALARM_SOUND.muteMs, pending: null };
}

/** Time that passed since the step before; a mute that is over ends. */
function pass(held: AlarmSound, nowMs: number): { readonly held: AlarmSound; readonly passedMs: number } {
  const passedMs = Math.max(0, nowMs - (held.nowMs ?? nowMs));
  const elapsedMs = held.elapsedMs + passedMs;
  const isMuteOver = held.mutedUntilMs !== null && elapsedMs >= held.mutedUntilMs;
  return { passedMs, held: { ...held, nowMs, elapsedMs, mutedUntilMs: isMuteOver ? null : held.mutedUntilMs } };
}

/** What is new, or worse than it was known; then everything open is known. */
function learn(held: AlarmSound, { alarms, alarmSnapshots }: SoundInput): { readonly held: AlarmSound; readonly news: Sound | null } {
  const isSnapshot = alarmSnapshots !== held.alarmSnapshots;
  const fresh = isSnapshot ? [] : alarms.filter((alarm) => isUnanswered(alarm) && rankOf(alarm) < (held.knownRank.get(announcementOf(alarm)) ?? Number.POSITIVE_INFINITY));
  const current = held.recent.filter(({ atMs }) => held.elapsedMs - atMs < ALARM_SOUND.flood.windowMs);
  const isFlood = current.length + fresh.length > ALARM_SOUND.flood.most;
  const groupsHeard = new Set(current.map(({ group }) => group));
  const heard = isFlood ? fresh.filter((alarm) => !groupsHeard.has(groupOf(alarm))) : fresh;
  const knownRank = new Map(alarms.map((alarm) => [announcementOf(alarm), Math.min(rankOf(alarm), held.knownRank.get(announcementOf(alarm)) ?? Number.POSITIVE_INFINITY)]));
  const recent = [...current, ...fresh.map((alarm) => ({ group: groupOf(alarm), atMs: held.elapsedMs }))];
  return { held: { ...held, alarmSnapshots, knownRank, recent }, news: heard.reduce<Sound | null>((loudest, { severity }) => louder(loudest, SOUND_OF[severity]), null) };
}

/** Unanswered critical alarms repeat until each was heard for long enough. `audibleMs`: how much of it could be heard since the step before. */
function keepRepeating(held: AlarmSound, alarms: readonly Alarm[], audibleMs: number): AlarmSound {
  const heardForMs = new Map(alarms.filter((alarm) => alarm.severity === 'critical' && isUnanswered(alarm)).map((alarm) => {
    const before = held.heardForMs.get(announcementOf(alarm));
    return [announcementOf(alarm), before === undefined ? 0 : before + audibleMs];
  }));
  const doesRepeat = [...heardForMs.values()].some((heardMs) => heardMs < ALARM_SOUND.giveUpMs);
  return { ...held, heardForMs, repeatAtMs: doesRepeat ? held.repeatAtMs ?? held.elapsedMs + ALARM_SOUND.repeatMs : null };
}

/** One sound at a time: a louder one cuts in, the others wait their turn. */
function choose(held: AlarmSound, news: Sound | null): SoundStep {
  const isDue = held.repeatAtMs !== null && held.elapsedMs >= held.repeatAtMs;
  const wanted = louder(louder(held.pending, news), isDue ? 'critical' : null);
  if (wanted === null) return { held, sound: null };
  const isBusy = held.last !== null && held.elapsedMs - held.last.atMs < ALARM_SOUND.apartMs && louder(held.last.sound, wanted) === held.last.sound;
  if (isBusy) return { held: { ...held, pending: wanted }, sound: null };
  const repeatAtMs = wanted === 'critical' && held.repeatAtMs !== null ? held.elapsedMs + ALARM_SOUND.repeatMs : held.repeatAtMs;
  return { held: { ...held, repeatAtMs, pending: null, last: { sound: wanted, atMs: held.elapsedMs } }, sound: wanted };
}

/** [SD1] Pure: what is to be heard now, if anything. */
export function sound(before: AlarmSound, input: SoundInput): SoundStep {
  const { held, passedMs } = pass(before, input.nowMs);
  // Nothing is learnt while the link is lost: what is new then is news when it is back, unless the whole list comes.
  if (input.isPlayedBack || !input.isLinkLive) return { held: { ...held, pending: null }, sound: null };
  const { held: knowing, news } = learn(held, input);
  const isMuted = knowing.mutedUntilMs !== null;
  const repeating = keepRepeating(knowing, input.alarms, isMuted ? 0 : passedMs);
  return isMuted ? { held: { ...repeating, pending: null }, sound: null } : choose(repeating, news);
}
