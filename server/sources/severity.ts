import type { Severity } from '../../shared/domain/severity.ts';
import type { FeedFormat, FeedSettings } from '../ports/feedSettings.ts';

export interface NormalisedSeverity {
  readonly severity: Severity;
  /** As sent. `null`: not sent. */
  readonly rawSeverity: string | null;
}

/** Lowest value of each class, worst first; of the scales where a higher number is worse. */
type Steps = readonly (readonly [atLeast: number, severity: Severity])[];

/**
 * One table for every scale (research/formats.md §5.1). Cut points of Suricata and Wazuh are our choice: neither format has any.
 * There is no "info" class on the wall: what a format calls informational is `low`. What is missing or not classified is
 * `unknown`, never `low`.
 */
const RISING: Partial<Record<FeedFormat, Steps>> = {
  wazuh: [[15, 'critical'], [12, 'high'], [7, 'medium'], [0, 'low']],
  zabbix: [[5, 'critical'], [4, 'high'], [3, 'medium'], [1, 'low']],
  ocsf: [[5, 'critical'], [4, 'high'], [3, 'medium'], [1, 'low']],
  cef: [[9, 'critical'], [7, 'high'], [4, 'medium'], [0, 'low']],
};
const HIGHEST: Partial<Record<FeedFormat, number>> = { wazuh: 16, zabbix: 5, ocsf: 6, cef: 10 };

/** Suricata 1 is the worst of 1-255. A rule's `signature_severity` of Critical is the only way to say critical. */
const FALLING: Steps = [[3, 'low'], [2, 'medium'], [1, 'high']];

/** Words that senders use; lower case, "-" between words. */
const WORDS: Readonly<Record<string, Severity>> = {
  critical: 'critical', disaster: 'critical', emergency: 'critical', crit: 'critical', fatal: 'critical', page: 'critical', 'very-high': 'critical',
  high: 'high', major: 'high', error: 'high',
  medium: 'medium', moderate: 'medium', average: 'medium', minor: 'medium', warning: 'medium', warn: 'medium',
  low: 'low', info: 'low', information: 'low', informational: 'low', notice: 'low', none: 'low',
};

/** Where a format's own word means another class than elsewhere: "Warning" of Zabbix is its level 2 of 5. */
const OWN_WORDS: Partial<Record<FeedFormat, Readonly<Record<string, Severity>>>> = { zabbix: { warning: 'low' } };

const MAX_RAW_CHARACTERS = 64;

/** @param raw the sender's number or word; `undefined` or `null`: not sent */
export function normaliseSeverity(format: FeedFormat, raw: unknown, { severities }: Pick<FeedSettings, 'severities'>): NormalisedSeverity {
  const text = typeof raw === 'string' || typeof raw === 'number' ? String(raw).trim() : '';
  if (text === '') return { severity: 'unknown', rawSeverity: null };
  const rawSeverity = text.slice(0, MAX_RAW_CHARACTERS);
  const configured = Object.hasOwn(severities, text) ? severities[text] : undefined;
  return { severity: configured ?? classOf(format, text), rawSeverity };
}

function classOf(format: FeedFormat, text: string): Severity {
  const word = text.toLowerCase().replace(/[\s_]+/g, '-');
  for (const words of [OWN_WORDS[format] ?? {}, WORDS]) {
    if (Object.hasOwn(words, word)) return words[word] ?? 'unknown';
  }
  const level = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  if (format === 'suricata') return level >= 1 && level <= 255 ? FALLING.find(([atLeast]) => level >= atLeast)?.[1] ?? 'unknown' : 'unknown';
  const highest = HIGHEST[format];
  if (highest === undefined || !(level <= highest)) return 'unknown';
  return RISING[format]?.find(([atLeast]) => level >= atLeast)?.[1] ?? 'unknown';
}
