import type { FieldProblem } from '../../../shared/protocol/fieldProblem.ts';
import { parseSentTime, SENT_TIME_FORMS } from './sentTime.ts';

const SHOWN_CHARACTERS = 40;

/**
 * What was there, without saying it: people write names and telephone numbers into any field. Letters show as `a`, digits as `9`; a
 * number of up to three digits, which is a code, shows as it is.
 */
export function showForm(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'boolean') return String(value);
  const text = String(value);
  if (/^\d{1,3}$/.test(text)) return text;
  return `a ${typeof value} like ${text.slice(0, SHOWN_CHARACTERS).replace(/\d/g, '9').replace(/[^\d\s:.,/+-]/gu, 'a')}`;
}

/** Fields of one object by name. Only what is asked for by name is ever looked at; `undefined`: it does not say. */
export interface SentFields {
  /** Trimmed; a number counts as its digits. Absent, `null`, empty and every other type: `undefined`. */
  text(name: string): string | undefined;
  /** What the code means in `meanings`; a code that is not listed is not known, never guessed. */
  code<Meaning>(name: string, meanings: Readonly<Record<string, Meaning>>): Meaning | undefined;
  flag(name: string): boolean | undefined;
  /** A text in none of the known forms is a problem. */
  time(name: string): number | undefined;
  /** `undefined`: not a list. What is no object in it has no fields. */
  list(name: string): readonly SentFields[] | undefined;
  isFilled(name: string): boolean;
}

const FLAGS = { 1: true, true: true, 0: false, false: false };

/** @param problems gathers what could not be read, under `at` */
export function createSentFields(sent: unknown, at: string, problems: FieldProblem[]): SentFields {
  const sentAt = (name: string): unknown => {
    if (typeof sent !== 'object' || sent === null || !Object.hasOwn(sent, name)) return undefined;
    return Reflect.get(sent, name);
  };
  const text = (name: string): string | undefined => {
    const value = sentAt(name);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined;
    return String(value).trim() || undefined;
  };
  const code = <Meaning>(name: string, meanings: Readonly<Record<string, Meaning>>): Meaning | undefined => {
    const sentCode = text(name)?.toLowerCase();
    return sentCode !== undefined && Object.hasOwn(meanings, sentCode) ? meanings[sentCode] : undefined;
  };
  return {
    text,
    code,
    flag: (name) => code(name, FLAGS),
    isFilled: (name) => text(name) !== undefined,
    time(name) {
      const value = sentAt(name);
      if (value === undefined || value === null) return undefined;
      const atMs = typeof value === 'string' || typeof value === 'number' ? parseSentTime(String(value)) : null;
      if (atMs === null) problems.push({ where: `${at}/${name}`, got: showForm(value), expected: `a time: ${SENT_TIME_FORMS}` });
      return atMs ?? undefined;
    },
    list(name) {
      const value = sentAt(name);
      return Array.isArray(value) ? value.map((each, index) => createSentFields(each, `${at}/${name}/${index}`, problems)) : undefined;
    },
  };
}
