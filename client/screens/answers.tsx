import { QueryClient, QueryClientProvider, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { z } from 'zod';
import { fetchJson } from '../catalogue/loadCatalogue.ts';

/** Holds the answers of one screen; they are forgotten with it. */
export function AnswersProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { retry: 1, refetchOnWindowFocus: false } } }));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

interface AnswerOptions {
  /** Asked again after this long, while the page is seen. Absent: asked once. */
  readonly everyMs?: number;
}

/** One answer of the HTTP interface, checked against its schema. `path` `null`: nothing is asked. What does not fit is an error. */
export function useAnswer<T>(schema: z.ZodType<T>, path: string | null, { everyMs }: AnswerOptions = {}): UseQueryResult<T> {
  return useQuery({
    queryKey: [path],
    queryFn: async ({ signal }): Promise<T> => schema.parse(await fetchJson(path ?? '', signal)),
    enabled: path !== null,
    refetchInterval: everyMs ?? false,
  });
}
