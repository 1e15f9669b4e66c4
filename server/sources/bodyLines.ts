import { showValue } from '../../shared/protocol/fieldProblem.ts';
import type { BodyLine, DecodedFeed, DecodedItem } from '../ports/feed.ts';

/**
 * One item per line, in order; a line that could not be read is one of them. `at` begins every `where` of a line: "line 3 ".
 */
export function decodeLines(payload: unknown, decodeLine: (value: unknown, at: string) => DecodedItem): DecodedFeed {
  if (!Array.isArray(payload)) {
    return { isBatch: true, items: [{ kind: 'unreadable', id: null, problems: [{ where: 'body', got: showValue(payload), expected: 'lines' }] }] };
  }
  return {
    isBatch: true,
    items: (payload as readonly BodyLine[]).map((line) => {
      const at = `line ${line.line} `;
      if (!('problems' in line)) return decodeLine(line.value, at);
      return { kind: 'unreadable', id: null, problems: line.problems.map((problem) => ({ ...problem, where: `${at}${problem.where === 'body' ? '' : problem.where}`.trim() })) };
    }),
  };
}
