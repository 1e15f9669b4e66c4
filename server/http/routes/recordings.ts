import { z } from 'zod';
import { RecordingDto } from '../../../shared/protocol/answers.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { answers, defineRoute, json, type Route } from '../route.ts';

export function recordingsRoute({ recordings }: Pick<HttpDependencies, 'recordings'>): Route {
  return defineRoute({
    path: '/api/v1/recordings', query: z.strictObject({}),
    summary: { vi: 'Các bản ghi phát lại được, và vì sao có bản không phát được', en: 'Recordings that can be played, and why one cannot' },
    answer: answers('RecordingList', z.array(RecordingDto), [{ name: 'bao-mien-trung', state: 'ready', why: null, line: null }]),
    handle: () => json(recordings.list()),
  });
}
