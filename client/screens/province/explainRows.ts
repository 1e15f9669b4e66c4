import type { ExplainDto } from '../../../shared/protocol/answers.ts';
import type { ExplainNode, ReadingDto } from '../../../shared/protocol/http.ts';

/** One unit behind a number. */
export interface ExplainRow {
  readonly localityCode: string;
  readonly reading: ReadingDto;
  /** Parts of a ratio or share at that unit; `null`: the unit has one value only. */
  readonly parts: { readonly numerator: number; readonly denominator: number } | null;
}

/** The two counts of a ratio with their names; `null` for every other rule. */
export function ratioParts(node: ExplainDto): { readonly numerator: ExplainNode; readonly denominator: ExplainNode } | null {
  const [numerator, denominator] = node.members;
  return node.rule === 'ratio' && numerator !== undefined && denominator !== undefined ? { numerator, denominator } : null;
}

function pairRows(numerators: readonly ExplainNode[], denominators: readonly ExplainNode[]): ExplainRow[] {
  const below = new Map<string, ExplainNode>(denominators.map((node) => [node.reading.localityCode, node]));
  return numerators.flatMap((node) => {
    const numerator = node.reading.value;
    const denominator = below.get(node.reading.localityCode)?.reading.value ?? null;
    if (numerator === null || denominator === null) return [];
    // 100 × a part of nothing is no number.
    const value = denominator === 0 ? null : (100 * numerator) / denominator;
    return [{ localityCode: node.reading.localityCode, reading: { ...node.reading, value, membersFresh: 0, membersExpected: 0 }, parts: { numerator, denominator } }];
  });
}

/** The units behind a number, in the order of the edition: for a ratio each unit's own two counts side by side. Pure. */
export function explainRows(node: ExplainDto): ExplainRow[] {
  const ratio = ratioParts(node);
  if (ratio !== null) return pairRows(ratio.numerator.members, ratio.denominator.members);
  return node.members.map(({ reading }) => ({
    localityCode: reading.localityCode, reading,
    parts: reading.numerator === null || reading.denominator === null ? null : { numerator: reading.numerator, denominator: reading.denominator },
  }));
}

/** Whether the parts shown add up to the number shown; `null`: there is nothing to add up. */
export function addsUp({ rule, reading, recomputed }: Pick<ExplainDto, 'rule' | 'reading' | 'recomputed'>): boolean | null {
  return rule === 'observed' || reading.value === null || recomputed === null ? null : recomputed === reading.value;
}
