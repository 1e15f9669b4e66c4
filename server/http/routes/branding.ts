import { z } from 'zod';
import { BrandingDto } from '../../../shared/protocol/branding.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { ProblemError } from '../problem.ts';
import { answers, defineRoute, type Route, toFixedBody } from '../route.ts';

export function brandingRoute({ branding }: Pick<HttpDependencies, 'branding'>): Route {
  const body = toFixedBody(branding.dto);
  return defineRoute({
    path: '/api/v1/branding', query: z.strictObject({}),
    summary: { vi: 'Tên, biểu trưng, địa phương và màu nhấn của đơn vị dùng', en: 'Title, emblem, home locality and accent of whose displays these are' },
    answer: answers('Branding', BrandingDto, { title: { vi: 'IOC tỉnh Hưng Yên', en: 'IOC of Hưng Yên' }, shortTitle: { vi: 'IOC Hưng Yên', en: 'IOC Hưng Yên' }, emblem: null, homeLocality: '33', accent: null }),
    handle: () => ({ kind: 'fixed', body }),
  });
}

export function emblemRoute({ branding }: Pick<HttpDependencies, 'branding'>): Route {
  return defineRoute({
    path: '/api/v1/branding/emblem',
    query: z.strictObject({ v: z.string().optional().describe('Digest of the picture, so that a copy is never of another one.').meta({ examples: ['Ab3dE-6_h9Jk'] }) }),
    summary: { vi: 'Biểu trưng của đơn vị dùng', en: 'Emblem of whose displays these are' },
    answer: { status: 200, mediaType: 'image/svg+xml', schema: null, name: 'Emblem', example: null },
    problems: ['not-found'],
    handle() {
      if (branding.emblem === null) throw new ProblemError('not-found', 'This server has no emblem. docs/branding.md says how to give it one.');
      return { kind: 'picture', ...branding.emblem };
    },
  });
}
