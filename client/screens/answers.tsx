import { onlineManager, QueryClient, QueryClientProvider, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { type ReactNode, useEffect, useState } from 'react';
import type { z } from 'zod';
import { fetchJson } from '../catalogue/origin.ts';
import { useLink } from '../store/mirrorHooks.tsx';

/** A network that loses everything says nothing; a person has gone by then. */
const ASK_TIMEOUT_MS = 15_000;

// Whether there is a link is what the socket says, not what the machine thinks of its network.
onlineManager.setEventListener(() => () => {});

/** There is no link: nobody was asked. */
class NeedsLinkError extends Error {
  override readonly name = 'NeedsLinkError';
}

/** Holds the answers of one screen; they are forgotten with it. */
export function AnswersProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: {
    retry: (failures, error) => !(error instanceof NeedsLinkError) && failures < 1, refetchOnWindowFocus: false,
    // [OF9] Nothing waits in silence for a link; what failed for want of it is asked again with the link.
    networkMode: 'always', refetchOnReconnect: true,
  } } }));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** Lets the answers of a screen know of its link. */
export function AnswersFollowLink() {
  const link = useLink();
  const isLost = link.state === 'lost' || (link.state === 'connecting' && link.attempt > 0);
  useEffect(() => {
    onlineManager.setOnline(!isLost);
    return () => onlineManager.setOnline(true);
  }, [isLost]);
  return null;
}

/** [OF9] Why there is no answer: want of a link, or else `failed`. */
export function answerProblem(error: unknown, failed: string, t: TFunction): string {
  return error instanceof NeedsLinkError ? t('offline.needsLink') : failed;
}

/** [OF9] One answer, checked against its schema; without a link nobody is asked, and a network that says nothing is given up. */
export async function ask<T>(schema: z.ZodType<T>, path: string, signal: AbortSignal): Promise<T> {
  if (!onlineManager.isOnline()) throw new NeedsLinkError();
  return schema.parse(await fetchJson(path, AbortSignal.any([signal, AbortSignal.timeout(ASK_TIMEOUT_MS)])));
}

interface AnswerOptions {
  /** Asked again after this long, while the page is seen. Absent: asked once. */
  readonly everyMs?: number;
}

/** One answer of the HTTP interface, checked against its schema. `path` `null`: nothing is asked. What does not fit is an error. */
export function useAnswer<T>(schema: z.ZodType<T>, path: string | null, { everyMs }: AnswerOptions = {}): UseQueryResult<T> {
  return useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => ask(schema, path ?? '', signal),
    enabled: path !== null,
    refetchInterval: everyMs ?? false,
  });
}
