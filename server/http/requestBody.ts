import express, { type Request, type RequestHandler } from 'express';
import type { FieldProblem } from '../../shared/protocol/fieldProblem.ts';
import type { AcceptedBody } from '../ports/feed.ts';
import { readJsonLine, readLines, readTextLine } from './bodyLines.ts';
import { ProblemError } from './problem.ts';
import type { RouteBody } from './route.ts';
import { MAX_DEPTH, parseStrictJson, type StrictJsonOptions } from './strictJson.ts';

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

/** Bytes of the body as it was sent; 0 for none. */
export function bodyBytesOf(request: Request): number {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body.length : 0;
}

/** The payload as the form of its media type is read. @throws ProblemError 400, or 413 for too many lines */
export function readPayload(request: Request, accepts: readonly AcceptedBody[]): unknown {
  const mediaType = mediaTypeOf(request);
  const accepted = accepts.find((body) => body.mediaType === mediaType);
  const reading = accepted?.reading ?? 'json';
  if (reading === 'json') return readJson(request, accepted);
  if (reading === 'bytes') return new Uint8Array(bytesOf(request, 'a file'));
  return readLines(bytesOf(request, 'one message a line'), reading === 'json-lines' ? (text, line) => readJsonLine(text, line, accepted) : readTextLine);
}

function bytesOf(request: Request, expected: string): Buffer {
  const body: unknown = request.body;
  if (Buffer.isBuffer(body) && body.length > 0) return body;
  throw malformed('The body is empty.', [{ where: 'body', got: 'nothing', expected }]);
}

/** [X4] @throws ProblemError 400 */
export function readJson(request: Request, options?: StrictJsonOptions): unknown {
  const bytes = bytesOf(request, 'JSON');
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw malformed('The body is not UTF-8.', [{ where: 'body', got: 'bytes that are not UTF-8', expected: 'JSON in UTF-8' }]);
  }
  const json = parseStrictJson(text, MAX_DEPTH, options);
  if ('problems' in json) throw malformed('The body is not JSON that can be read without loss.', json.problems);
  return json.value;
}
