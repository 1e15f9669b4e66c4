import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { BUILD_ID } from '../../../catalogue/buildId.ts';
import { useChannelLink } from '../../../catalogue/ChannelProvider.tsx';
import { useRootAlarms } from '../../../catalogue/RootLocality.tsx';
import { fetchJson } from '../../../catalogue/origin.ts';
import { useIsNewBuild, useMirrorStore, useNow } from '../../../store/mirrorHooks.tsx';
import { ASK_AGAIN_MS, isQuietMoment, isWorthReloading, type LastReload, reloadDelayMs } from './newBuild.ts';

const KEY = 'ioc-last-reload';
const ASK_TIMEOUT_MS = 5_000;
const Health = z.looseObject({ buildId: z.string() });
const Last = z.strictObject({ buildId: z.string(), atMs: z.number() });

function readLast(): LastReload | null {
  try {
    return Last.parse(JSON.parse(window.sessionStorage.getItem(KEY) ?? ''));
  } catch {
    return null;
  }
}

/** `false`: this browser keeps nothing, so that a loop could not be noticed. */
function keepLast(last: LastReload): boolean {
  try {
    window.sessionStorage.setItem(KEY, JSON.stringify(last));
    return true;
  } catch {
    return false;
  }
}

/** [AP1] Takes a new build, or the rest of this one, at a quiet moment, by chance within minutes, and never unless the server answers just before. */
export function useNewBuild(isIncomplete: boolean): void {
  const store = useMirrorStore();
  const { wall: line } = useChannelLink();
  const isNewBuild = useIsNewBuild();
  const { serverNowMs: nowMs } = useNow();
  const alarms = useRootAlarms();
  const dueAtMs = useRef<number | null>(null);
  useEffect(() => {
    if ((!isNewBuild && !isIncomplete) || nowMs === 0) return;
    const page = { ...store.getState(), alarms, link: store.getState().link.state };
    dueAtMs.current ??= nowMs + reloadDelayMs(page, Math.random());
    if (nowMs < dueAtMs.current || !isQuietMoment(page)) return;
    dueAtMs.current = nowMs + ASK_AGAIN_MS;
    fetchJson('/healthz', AbortSignal.timeout(ASK_TIMEOUT_MS)).then((answer) => {
      const { buildId } = Health.parse(answer);
      if (!isWorthReloading(buildId, isIncomplete ? null : BUILD_ID, readLast(), nowMs) || !keepLast({ buildId, atMs: nowMs })) return;
      line.expectBack();
      window.location.reload();
    }).catch(() => {
      // The server does not answer: the old picture is better than the browser's error page.
    });
  }, [isNewBuild, isIncomplete, nowMs, alarms, store, line]);
}
