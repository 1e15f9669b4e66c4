import { z } from 'zod';
import { ExplainDto } from '../../../shared/protocol/answers.ts';
import type { ExplainNode } from '../../../shared/protocol/http.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE, READING_EXAMPLE } from '../examples.ts';
import { explain } from '../explanation.ts';
import { PAST_UNITS, readPicture } from '../picture.ts';
import { channelField, countField, findChannel, findSeries, indicatorField, instantField, localityField } from '../query.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

function collectRefs(node: ExplainNode, refs: Set<string>): Set<string> {
  if (node.source?.ref !== null && node.source?.ref !== undefined) refs.add(node.source.ref);
  for (const member of node.members) collectRefs(member, refs);
  return refs;
}

/** The tree is cut at `depth`; ask again for a member to go on from there. */
export function explainRoute({ channels, facts, projectAsOf }: Pick<HttpDependencies, 'channels' | 'facts' | 'projectAsOf'>): Route {
  const factsById = new Map(facts.map((fact) => [fact.id, fact]));
  return defineRoute({
    path: '/api/v1/explain',
    query: z.strictObject({
      channel: channelField, locality: localityField, indicator: indicatorField, at: instantField('As of when; now unless said.'),
      depth: countField(0, 3, 1, 'Levels of members to include;'),
    }),
    summary: { vi: 'Con số này từ đâu ra', en: 'Where a number comes from: formula, parts, source, citation' },
    answer: answers('Explanation', ExplainDto, {
      reading: READING_EXAMPLE, name: { vi: 'Tỷ lệ kết nối TSLCD', en: 'Share on the dedicated network' }, unit: { vi: '%', en: '%' },
      rule: 'share', formula: '8 / 9 × 100', recomputed: 88.9, source: null, members: [],
      channel: 'live', epoch: EPOCH_EXAMPLE, atMs: AT_EXAMPLE_MS, facts: [],
    }),
    cost: ({ at, depth }) => 1 + depth + (at === undefined ? 0 : PAST_UNITS),
    problems: ['not-found', 'too-many-requests', 'busy'],
    async handle({ channel: channelId, locality, indicator, at, depth }) {
      const channel = findChannel(channels, channelId);
      const seriesIndex = findSeries(channel, locality, indicator);
      const picture = await readPicture(channel, projectAsOf, at);
      const node = explain(channel.table, picture, seriesIndex, depth);
      const cited = [...collectRefs(node, new Set())].flatMap((ref) => factsById.get(ref) ?? []);
      return json({ ...node, channel: channel.id, epoch: channel.epoch, atMs: picture.atMs, facts: cited });
    },
  });
}
