import express, { type Request, type RequestHandler } from 'express';
import { ProblemError } from './problem.ts';
import type { RouteBody } from './route.ts';

/** Lower case, without parameters; "" if there is none. */
export function mediaTypeOf(request: Request): string {
  return (request.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/**
 * Bytes up to the limit, and nothing else: not parsed, because a framework's parser neither bounds depth nor notices a name given
 * twice; not inflated, because 256 KB can inflate to 256 MB.
 */
export function readBody({ accepts, limitBytes }: RouteBody): RequestHandler[] {
  const mediaTypes = accepts.map(({ mediaType }) => mediaType);
  const checkType: RequestHandler = (request, _response, next) => {
    const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(request.get('Content-Type') ?? '')?.[1];
    const encoding = request.get('Content-Encoding') ?? 'identity';
    if (!mediaTypes.includes(mediaTypeOf(request))) throw unsupported(mediaTypes, 'Content-Type', request.get('Content-Type'), mediaTypes.join(' or '));
    if (charset !== undefined && charset.toLowerCase() !== 'utf-8') throw unsupported(mediaTypes, 'Content-Type', charset, 'charset utf-8, or none');
    if (encoding.toLowerCase() !== 'identity') throw unsupported(mediaTypes, 'Content-Encoding', encoding, 'none: bodies are read as they are');
    next();
  };
  return [checkType, express.raw({ limit: limitBytes, inflate: false, type: () => true })];
}

function unsupported(mediaTypes: readonly string[], header: string, got: string | undefined, expected: string): ProblemError {
  return new ProblemError('unsupported-media-type', `${header} "${got ?? ''}" is not read here.`, {
    errors: [{ where: `header ${header}`, got: got ?? 'nothing', expected }], headers: { 'Accept-Post': mediaTypes.join(', ') },
  });
}
