import express, { type Request, type RequestHandler } from 'express';
import type { FieldProblem } from '../../shared/protocol/fieldProblem.ts';
import { ProblemError } from './problem.ts';
import type { RouteBody } from './route.ts';
import { parseStrictJson } from './strictJson.ts';

const MAX_DEPTH = 32;
const utf8 = new TextDecoder('utf-8', { fatal: true });

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

function malformed(detail: string, errors: readonly FieldProblem[]): ProblemError {
  return new ProblemError('malformed-request', detail, { errors });
}

/** [X4] @throws ProblemError 400 */
export function readJson(request: Request): unknown {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || body.length === 0) throw malformed('The body is empty.', [{ where: 'body', got: 'nothing', expected: 'JSON' }]);
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw malformed('The body is not UTF-8.', [{ where: 'body', got: 'bytes that are not UTF-8', expected: 'JSON in UTF-8' }]);
  }
  const json = parseStrictJson(text, MAX_DEPTH);
  if ('problems' in json) throw malformed('The body is not JSON that can be read without loss.', json.problems);
  return json.value;
}
