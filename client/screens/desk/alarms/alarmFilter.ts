import { type Alarm, attackIds, TLP_LABELS, type Tlp } from '../../../../shared/domain/alarm.ts';
import { SEVERITIES, type Severity } from '../../../../shared/domain/severity.ts';
import { foldVietnamese } from '../../home/searchLocalities.ts';
import { hidingOf } from './alarmTabs.ts';

export const FILTER_DOMAINS = ['connectivity', 'security', 'dossiers', 'nation'] as const;
type FilterDomain = (typeof FILTER_DOMAINS)[number];

/** What an alarm is like beside its tab. */
export const FILTER_STATES = ['standing', 'returned', 'data-lost', 'chattering', 'latched', 'escalated', 'shelved', 'suppressed', 'out-of-service'] as const;
type FilterState = (typeof FILTER_STATES)[number];

/** In place of a province: alarms whose place is not known. */
export const UNPLACED = 'unplaced';

export interface AlarmFilter {
  readonly domain: FilterDomain | null;
  /** Empty: every level. */
  readonly severities: readonly Severity[];
  readonly state: FilterState | null;
  /** A province with all that lies in it, or `UNPLACED`. */
  readonly place: string | null;
  readonly isMine: boolean;
  readonly text: string;
  /** A technique or a tactic; "T1059" takes "T1059.001" too. */
  readonly attackId: string | null;
  readonly tlp: Tlp | null;
}

export const NO_FILTER: AlarmFilter = { domain: null, severities: [], state: null, place: null, isMine: false, text: '', attackId: null, tlp: null };

export interface FilterContext {
  /** `undefined`: none, or not known. */
  readonly provinceCodeOf: (localityCode: string) => string | undefined;
  /** Name of who is signed in; `null`: nobody is, and nothing is theirs. */
  readonly personName: string | null;
  /** Every word of an alarm as the list shows it, folded. */
  readonly foldedWordsOf: (alarm: Alarm) => string;
}

const STATE_TESTS: Readonly<Record<FilterState, (alarm: Alarm) => boolean>> = {
  standing: ({ returnedAtMs }) => returnedAtMs === null,
  returned: ({ returnedAtMs }) => returnedAtMs !== null,
  'data-lost': ({ dataLost }) => dataLost,
  chattering: ({ isChattering }) => isChattering,
  latched: ({ isLatched }) => isLatched,
  escalated: ({ escalations }) => escalations > 0,
  shelved: (alarm) => hidingOf(alarm) === 'shelved',
  suppressed: (alarm) => hidingOf(alarm) === 'suppressed',
  'out-of-service': (alarm) => hidingOf(alarm) === 'out-of-service',
};

function isPlaceOf(place: string, { localityCode, isPlaced }: Alarm, { provinceCodeOf }: FilterContext): boolean {
  return place === UNPLACED ? !isPlaced : isPlaced && provinceCodeOf(localityCode) === place;
}

/** [DK6] A test of single alarms. Every word typed must be in the alarm's, whatever the marks and the order. Pure. */
export function filterTest(filter: AlarmFilter, context: FilterContext): (alarm: Alarm) => boolean {
  const { domain, severities, state, place, isMine, attackId, tlp } = filter;
  const typed = foldVietnamese(filter.text).split(' ').filter((word) => word !== '');
  const isAsked = (id: string) => id === attackId || id.startsWith(`${attackId}.`);
  return (alarm) => (domain === null || alarm.domain === domain)
    && (severities.length === 0 || severities.includes(alarm.severity))
    && (state === null || STATE_TESTS[state](alarm))
    && (place === null || isPlaceOf(place, alarm, context))
    && (!isMine || (context.personName !== null && alarm.assignee === context.personName))
    && (attackId === null || attackIds(alarm.attack).some(isAsked))
    && (tlp === null || alarm.tlp === tlp)
    && (typed.length === 0 || typed.every((word) => context.foldedWordsOf(alarm).includes(word)));
}

function oneOf<T extends string>(known: readonly T[], asked: string | null): T | null {
  return known.find((one) => one === asked) ?? null;
}

const KEYS = ['domain', 'level', 'state', 'place', 'mine', 'q', 'attack', 'tlp'] as const;

/** What an address asks for; what it asks wrongly is left out. Inverse of `writeFilter`. Pure. */
export function readFilter(search: URLSearchParams): AlarmFilter {
  const attackId = search.get('attack')?.toUpperCase() ?? '';
  const place = search.get('place') ?? '';
  return {
    domain: oneOf(FILTER_DOMAINS, search.get('domain')),
    severities: SEVERITIES.filter((severity) => (search.get('level') ?? '').split(',').includes(severity)),
    state: oneOf(FILTER_STATES, search.get('state')),
    place: place === UNPLACED || /^\d{2}$/.test(place) ? place : null,
    isMine: search.get('mine') === '1',
    text: search.get('q') ?? '',
    attackId: /^T(A\d{4}|\d{4}(\.\d{3})?)$/.test(attackId) ? attackId : null,
    tlp: oneOf(TLP_LABELS, search.get('tlp')),
  };
}

/** The address with this filter in it, and everything else of it as it was. */
export function writeFilter(search: URLSearchParams, filter: AlarmFilter): URLSearchParams {
  const next = new URLSearchParams(search);
  const { domain, severities, state, place, isMine, text, attackId, tlp } = filter;
  const values: Readonly<Record<(typeof KEYS)[number], string | null>> = {
    domain, level: severities.length === 0 ? null : severities.join(','), state, place, mine: isMine ? '1' : null, q: text === '' ? null : text, attack: attackId, tlp,
  };
  for (const key of KEYS) {
    const value = values[key];
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next;
}

export function isFiltering(filter: AlarmFilter): boolean {
  return writeFilter(new URLSearchParams(), filter).size > 0;
}
