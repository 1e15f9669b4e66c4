import { readFrameFile } from '../../shared/frame/frameFile.ts';
import { REPLAY_INDEX_PATH, ReplayIndex } from '../../shared/protocol/replayFolder.ts';
import { createReplayLine, type ReplayLine } from './replayLine.ts';

export interface Replay {
  readonly index: ReplayIndex;
  readonly line: ReplayLine;
}

async function fetchFile(url: URL, accept: string): Promise<Response> {
  const response = await fetch(url, { headers: { accept } });
  if (!response.ok) throw new Error(`${url.pathname} was answered with ${response.status} ${response.statusText}; expected 200. Copy the folder again as it was built.`);
  return response;
}

/** Outside data: a folder may be half copied, or of another build, and some hosts answer a missing file with their front page. */
function readIndex(text: string, path: string): ReplayIndex {
  const refuse = (why: string): never => { throw new Error(`${path} cannot be used: ${why}. Copy the folder again as it was built.`); };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refuse('it is not JSON');
  }
  const parsed = ReplayIndex.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return refuse(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not readable'}`);
}

async function fetchParts(): Promise<Replay> {
  const indexUrl = new URL(REPLAY_INDEX_PATH, document.baseURI);
  const index = readIndex(await (await fetchFile(indexUrl, 'application/json')).text(), indexUrl.pathname);
  const framesUrl = new URL(index.frames.file, indexUrl);
  const file = new Uint8Array(await (await fetchFile(framesUrl, 'application/octet-stream')).arrayBuffer());
  return { index, line: createReplayLine(readFrameFile(file), index) };
}

let fetching: Promise<Replay> | null = null;

/**
 * The replay that lies beside this page, fetched once and checked; a failed attempt is forgotten, so the next call tries again.
 * Rejects with which file, or which frame in it, cannot be used; or with the reason of `signal`.
 */
export function fetchReplay(signal?: AbortSignal): Promise<Replay> {
  fetching ??= fetchParts().catch((error: unknown) => {
    fetching = null;
    throw error;
  });
  if (signal === undefined) return fetching;
  // Whoever gives up does so alone: others still wait for the same files.
  const givenUp = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([fetching, givenUp]);
}
