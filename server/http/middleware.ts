import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import { Counter, Histogram } from 'prom-client';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { HttpDependencies } from './dependencies.ts';
import { ProblemError } from './problem.ts';

/**
 * [X3] Everything a page needs comes from this server, so nothing else is let in: no inline script or style, no `eval`, no other
 * host, no `blob:`. HSTS is left to the proxy that speaks TLS: on plain loopback it would lock the browser out of every other port.
 */
export function securityHeaders(): RequestHandler {
  const self = ["'self'"];
  const none = ["'none'"];
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: {
      defaultSrc: none, scriptSrc: self, styleSrc: self, fontSrc: self, imgSrc: self, connectSrc: self, workerSrc: self,
      manifestSrc: self, baseUri: none, objectSrc: none, frameAncestors: none, formAction: self, reportUri: ['/csp-report'],
    } },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** [X7] Whoever asks for megabytes and does not read them would keep them in memory for as long as it likes. */
export function hangUpOnStalled(afterMs: number): RequestHandler {
  return (_request, response, next) => {
    response.setTimeout(afterMs);
    next();
  };
}

/** [X8] RFC 9112 §3.2. Of two hosts a proxy in front may have checked the other one. */
export function requireOneHost(): RequestHandler {
  return (request, _response, next) => {
    const count = request.headersDistinct.host?.length ?? 0;
    if (count > 1 || (count === 0 && request.httpVersion === '1.1')) {
      throw new ProblemError('malformed-request', 'A request names the host it is for, once.', {
        errors: [{ where: 'header Host', got: count === 0 ? 'nothing' : `${count} headers`, expected: 'this header once' }],
      });
    }
    next();
  };
}

export function refuseForeign(whyForeign: HttpDependencies['whyForeign']): RequestHandler {
  return (request, _response, next) => {
    const why = whyForeign({ origin: request.get('Origin'), host: request.get('Host') });
    if (why !== null) throw new ProblemError('foreign-origin', why);
    next();
  };
}

/** Counts per address, in the memory of this process. What is returned makes limits that share the count. */
export function createRateLimit(points: number): (weigh?: (request: Request) => number) => RequestHandler {
  const durationSec = 10;
  const limiter = new RateLimiterMemory({ points, duration: durationSec });
  return (weigh = () => 1) => async (request: Request, _response: Response, next: NextFunction) => {
    try {
      await limiter.consume(request.ip ?? 'unknown', weigh(request));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const retryAfterSec = Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000));
      throw new ProblemError('too-many-requests', `More than ${points} such requests in ${durationSec} s from one address, large ones counted by their size. Try again in ${retryAfterSec} s.`, {
        headers: { 'Retry-After': String(retryAfterSec) },
      });
    }
    next();
  };
}

/** Labels are route patterns, never paths as sent: a scanner would make a time series of every path it tries. */
export function countRequests({ metricsRegistry, nowMs }: Pick<HttpDependencies, 'metricsRegistry' | 'nowMs'>): RequestHandler {
  const registers = [metricsRegistry];
  const requests = new Counter({ name: 'ioc_http_requests_total', help: 'HTTP requests answered.', labelNames: ['method', 'route', 'status'], registers });
  const durations = new Histogram({
    name: 'ioc_http_request_seconds', help: 'Time from request to answer.', labelNames: ['route'], registers,
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  });
  return (request, response, next) => {
    const startMs = nowMs();
    response.once('finish', () => {
      const path: unknown = request.route?.path;
      const route = typeof path === 'string' ? path : 'none';
      requests.inc({ method: request.method, route, status: response.statusCode });
      durations.observe({ route }, Math.max(0, nowMs() - startMs) / 1_000);
    });
    next();
  };
}
