import type { ChannelSocket } from '../net/channelSocket.ts';
import { fetchReplay } from '../net/replayFiles.ts';
import { createReplaySocket } from '../net/replaySocket.ts';
import { BUILD_ID } from './buildId.ts';
import type { FetchJson } from './loadCatalogue.ts';

// The same as `origin.ts` where there is no server: answers and frames that were recorded when the folder was built, beside the page.

export const fetchJson: FetchJson = async (path, signal) => {
  const { index } = await fetchReplay(signal);
  if (!Object.hasOwn(index.answers, path)) throw new Error(`${path} is not in this folder, and no server stands behind it. It has ${Object.keys(index.answers).join(', ')}.`);
  return index.answers[path];
};

export function createSocket(): ChannelSocket {
  return createReplaySocket({ fetchReplay, buildId: BUILD_ID });
}
