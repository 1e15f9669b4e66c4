import type { Request } from 'express';
import { z } from 'zod';
import { ChannelId, type LocalityCode } from '../../../shared/domain/ids.ts';
import { HandoverAnswer, HandoverEnd, HandoverOffer } from '../../../shared/protocol/answers.ts';
import { describeIssues } from '../../../shared/protocol/fieldProblem.ts';
import { WallId } from '../../../shared/protocol/socket.ts';
import type { HandoverRefusal } from '../../ports/walls.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { HANDOVER_EXAMPLE, WALL_EXAMPLE } from '../examples.ts';
import { ProblemError, type ProblemKind } from '../problem.ts';
import { findChannel, requireLocality } from '../query.ts';
import { readJson } from '../requestBody.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

type Needed = Pick<HttpDependencies, 'walls' | 'channels'>;

const LIVE = ChannelId.parse('live');
const BODY_LIMIT_BYTES = 1_024;
const pathParameters = { id: { description: 'Id of the wall, as in /api/v1/walls.', example: WALL_EXAMPLE.wallId } };
const { localityCode, scene, owner } = HANDOVER_EXAMPLE;

const REFUSALS: Readonly<Record<HandoverRefusal, readonly [ProblemKind, string]>> = {
  unknown: ['not-found', 'has not reported. /api/v1/walls lists those that have.'],
  'not-connected': ['not-connected', 'is known, but no page of it is connected. Check its machine and network.'],
  'other-root': ['handover-refused', 'is the wall of another province and shows no other. Choose a wall of the country.'],
  recording: ['handover-refused', 'plays a recording. Choose a wall that shows the live channel.'],
  'handed-over': ['handed-over', 'is handed over otherwise than "replaces" says. Look again at /api/v1/walls, and name the hand-over that is to give way, or null for none.'],
};

const idOf = ({ params }: Request) => String(params.id);
const nameOf = (id: string) => `Wall "${id.slice(0, 40)}"`;

/** @throws ProblemError 404 for what is no province of the live channel. */
function requireProvince(channels: HttpDependencies['channels'], code: LocalityCode): void {
  const live = findChannel(channels, LIVE);
  requireLocality(live, code);
  if (live.table.localities.find((locality) => locality.code === code)?.level === 'province') return;
  throw new ProblemError('not-found', `"${code}" is no province of edition ${live.edition}: a wall is handed over to a province.`);
}

/** [TW1] */
export function handOverRoute({ walls, channels }: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/walls/{id}/handover', pathParameters, query: z.strictObject({}),
    summary: { vi: 'Đưa một tỉnh lên một màn hình tường trong vài phút', en: 'Show a province on a wall for some minutes' },
    body: { limitBytes: BODY_LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'What to show, for how long, and on whose word.', schema: HandoverOffer, example: { localityCode, scene, owner, minutes: 5, replaces: null } }] },
    answer: answers('HandoverAnswer', HandoverAnswer, { wallId: WALL_EXAMPLE.wallId, handover: HANDOVER_EXAMPLE }),
    problems: ['not-found', 'not-connected', 'handed-over', 'handover-refused', 'too-large', 'unsupported-media-type', 'too-many-requests'],
    handle(_query, request) {
      const asked = readJson(request);
      const offer = HandoverOffer.safeParse(asked);
      if (!offer.success) throw new ProblemError('malformed-request', 'This does not say what the wall is to show.', { errors: describeIssues(offer.error, asked, Object.keys(HandoverOffer.shape)) });
      requireProvince(channels, offer.data.localityCode);
      const id = idOf(request);
      const outcome = walls.handOver(id, offer.data);
      if (typeof outcome !== 'string') return json({ wallId: WallId.parse(id), handover: outcome } satisfies HandoverAnswer);
      const [kind, why] = REFUSALS[outcome];
      throw new ProblemError(kind, `${nameOf(id)} ${why}`);
    },
  });
}

/** [TW1] By whoever sees it: the leader, the operator, or somebody at the wall. */
export function takeBackRoute({ walls }: Needed): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/walls/{id}/handover/end', pathParameters, query: z.strictObject({}),
    summary: { vi: 'Trả màn hình tường về lượt chiếu của nó', en: 'Give a wall back to its own scenes' },
    body: { limitBytes: BODY_LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'Which hand-over is to end.', schema: HandoverEnd, example: { handoverId: HANDOVER_EXAMPLE.handoverId } }] },
    answer: { status: 204, mediaType: null, schema: null, name: 'Nothing', example: null },
    problems: ['not-found', 'too-large', 'unsupported-media-type', 'too-many-requests'],
    handle(_query, request) {
      const asked = readJson(request);
      const end = HandoverEnd.safeParse(asked);
      if (!end.success) throw new ProblemError('malformed-request', 'This does not say which hand-over is to end.', { errors: describeIssues(end.error, asked, ['handoverId']) });
      const id = idOf(request);
      const outcome = walls.takeBack(id, end.data.handoverId);
      if (outcome === 'unknown') throw new ProblemError('not-found', `${nameOf(id)} ${REFUSALS.unknown[1]}`);
      if (outcome === 'not-on') throw new ProblemError('not-found', `${nameOf(id)} is not handed over so: that has ended, or gave way to another.`);
      return { kind: 'empty' };
    },
  });
}
