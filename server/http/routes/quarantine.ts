import type { Request } from 'express';
import { z } from 'zod';
import { QuarantineDto, QuarantineRelease, ReleasedDto } from '../../../shared/protocol/answers.ts';
import type { Person } from '../../ports/people.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { AT_EXAMPLE_MS, EPOCH_EXAMPLE } from '../examples.ts';
import { describeIssues } from '../../../shared/protocol/fieldProblem.ts';
import { personOf, requirePerson, stationOf } from '../persons.ts';
import { ProblemError } from '../problem.ts';
import { channelField, findChannel } from '../query.ts';
import { readJson } from '../requestBody.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';
import { unlessStored } from '../unlessStored.ts';

const refuseUnlessStored = unlessStored({
  full: 'There is no space to store the reading. It is still held; release it again later.',
  lost: 'The reading could not be stored. It is still held; release it again when the store works.',
});

export function quarantineRoute({ channels }: Pick<HttpDependencies, 'channels'>): Route {
  return defineRoute({
    path: '/api/v1/quarantine', query: z.strictObject({ channel: channelField }),
    summary: { vi: 'Số liệu bị giữ lại vì thời điểm không hợp lý', en: 'Readings held back because of their time' },
    answer: answers('Quarantine', QuarantineDto, {
      channel: 'live', epoch: EPOCH_EXAMPLE,
      items: [{ id: 1, receivedAtMs: AT_EXAMPLE_MS, reason: 'future', detail: 'observed 3600 s in the future', candidate: { sourceId: 'laocai-tslcd' }, released: null }],
    }),
    problems: ['not-found'],
    handle({ channel: channelId }) {
      const channel = findChannel(channels, channelId);
      const items = channel.quarantine().map(({ released, ...item }) => ({ ...item, released: released === null ? null : { ...released, outcome: released.outcome?.outcome ?? null } }));
      return json({ channel: channel.id, epoch: channel.epoch, items } satisfies QuarantineDto);
    },
  });
}

const LIMIT_BYTES = 4_096;
const RELEASE_EXAMPLE = { why: 'Trạm mất liên lạc hai ngày, số liệu đã được đối chiếu.' };

/** Who releases, if they may; that somebody tried who may not is written down before they are told. */
async function admit({ people, trail, nowMs }: Pick<HttpDependencies, 'people' | 'trail' | 'nowMs'>, request: Request): Promise<Person> {
  try {
    return requirePerson({ people }, request, 'quarantine.release');
  } catch (error) {
    const person = personOf({ people }, request);
    if (person !== null) {
      const target = String(request.params.id).slice(0, 20);
      await trail.append([], [{ atMs: nowMs(), actor: person.account, station: stationOf(request), action: 'quarantine.release', target, outcome: 'refused', detail: {} }]).catch(refuseUnlessStored);
    }
    throw error;
  }
}

/** [QR1] What was too late becomes history; what speaks of the future goes in once that has come. Nothing else passes the gate's rule of lateness. */
export function quarantineReleaseRoute({ releaseQuarantined, people, trail, nowMs }: Pick<HttpDependencies, 'releaseQuarantined' | 'people' | 'trail' | 'nowMs'>): Route {
  return defineRoute({
    method: 'post', path: '/api/v1/quarantine/{id}/release', query: z.strictObject({}),
    pathParameters: { id: { description: 'Number of the item, as in /api/v1/quarantine.', example: '1' } },
    summary: { vi: 'Cho số liệu bị giữ đi qua', en: 'Let a reading that was held back go through the gate, once' },
    body: { limitBytes: LIMIT_BYTES, accepts: [{ mediaType: 'application/json', description: 'Why it is released.', schema: QuarantineRelease, example: RELEASE_EXAMPLE }] },
    answer: answers('Released', ReleasedDto, { id: 1, outcome: 'stored', reason: null, detail: null }),
    problems: ['not-signed-in', 'forbidden', 'not-found', 'release-refused', 'too-large', 'unsupported-media-type', 'too-many-requests', 'not-stored', 'store-full'],
    async handle(_query, request) {
      const person = await admit({ people, trail, nowMs }, request);
      const body = readJson(request);
      const asked = QuarantineRelease.safeParse(body);
      if (!asked.success) throw new ProblemError('malformed-request', 'This does not say why the reading is released.', { errors: describeIssues(asked.error, body, Object.keys(QuarantineRelease.shape)) });
      const id = Number(request.params.id);
      const note = (outcome: 'done' | 'refused', became: string) => trail.append([], [{
        atMs: nowMs(), actor: person.account, station: stationOf(request), action: 'quarantine.release', target: String(id), outcome, detail: { why: asked.data.why, became },
      }]).catch(refuseUnlessStored);
      // Before it is done, because what is not written down must not be done.
      await note('done', 'asked');
      const answer = await releaseQuarantined(id, { by: person.name, why: asked.data.why }).catch(refuseUnlessStored);
      if (answer.kind !== 'released') await note('refused', answer.kind);
      switch (answer.kind) {
        case 'unknown': throw new ProblemError('not-found', `The quarantine holds no item ${String(request.params.id).slice(0, 20)}. GET /api/v1/quarantine lists those it holds.`);
        case 'again': throw new ProblemError('release-refused', `Item ${id} was released before; GET /api/v1/quarantine says by whom and what became of it.`);
        case 'too-early': throw new ProblemError('release-refused', `Item ${id} speaks of a moment that has not come. Release it from ${new Date(answer.fromMs).toISOString()} on.`);
        case 'released': {
          const { outcome } = answer;
          const { reason, detail } = 'reason' in outcome ? outcome : { reason: null, detail: null };
          return json({ id, outcome: outcome.outcome, reason, detail } satisfies ReleasedDto);
        }
      }
    },
  });
}
