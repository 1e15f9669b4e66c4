import type { ChannelSocket } from '../net/channelSocket.ts';
import { createServerSocket } from '../net/serverSocket.ts';
import { fetchFromServer } from './earlyAnswers.ts';
import type { FetchJson } from './loadCatalogue.ts';

// Where everything comes from that is not part of the page: the server it was loaded from. `staticOrigin.ts` takes this file's place in
// a build that no server stands behind.

export const fetchJson: FetchJson = fetchFromServer;

/** A line of its own for each channel that is followed, not yet connected. */
export function createSocket(): ChannelSocket {
  return createServerSocket('');
}
