import type { Attack } from '../../shared/domain/alarm.ts';

/** Tactics of ATT&CK for Enterprise, by the name that senders write in place of the id. */
const TACTIC_ID_BY_NAME: Readonly<Record<string, string>> = {
  'reconnaissance': 'TA0043', 'resource development': 'TA0042', 'initial access': 'TA0001', 'execution': 'TA0002', 'persistence': 'TA0003', 'privilege escalation': 'TA0004',
  'defense evasion': 'TA0005', 'credential access': 'TA0006', 'discovery': 'TA0007', 'lateral movement': 'TA0008', 'collection': 'TA0009', 'command and control': 'TA0011',
  'exfiltration': 'TA0010', 'impact': 'TA0040',
};

const MOST_TACTICS = 8;
const MOST_TECHNIQUES = 16;
/** A message may hold a million of them. */
const LOOKED_AT = 100;

/**
 * Texts, and lists of them at any depth, each one id or several between commas. Tactics may be named instead. What is neither is left out: an odd
 * id must not cost the alert. `null`: nothing is left.
 */
export function attackOf(tactics: readonly unknown[], techniques: readonly unknown[]): Attack | null {
  const found = {
    tactics: firstOf(MOST_TACTICS, wordsOf(tactics).map(toTacticId)),
    techniques: firstOf(MOST_TECHNIQUES, wordsOf(techniques).map(toTechniqueId)),
  };
  return found.tactics.length === 0 && found.techniques.length === 0 ? null : found;
}

function wordsOf(sent: readonly unknown[]): string[] {
  return sent.flat(3).slice(0, LOOKED_AT).flatMap((text) => (typeof text === 'string' ? text.slice(0, 1_000).split(/[,;|]/) : [])).map((word) => word.trim());
}

function toTacticId(word: string): string | null {
  const id = word.toUpperCase();
  if (/^TA\d{4}$/.test(id)) return id;
  const name = word.toLowerCase().replace(/[\s_-]+/g, ' ');
  return Object.hasOwn(TACTIC_ID_BY_NAME, name) ? TACTIC_ID_BY_NAME[name] ?? null : null;
}

/** "T1059.001"; some rules of Suricata write "T1059_001". */
function toTechniqueId(word: string): string | null {
  const [, technique, sub] = /^T(\d{4})(?:[._](\d{3}))?$/.exec(word.toUpperCase()) ?? [];
  return technique === undefined ? null : `T${technique}${sub === undefined ? '' : `.${sub}`}`;
}

function firstOf(most: number, ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))].slice(0, most);
}
