import { alarmWith } from './alarmWith.ts';
import type { RoomsServer } from './roomsServer.ts';

/** 1.3 MB on the wire. */
const MANY = Array.from({ length: 2_000 }, (_, k) => alarmWith({ id: `state/${k}/latency` }));

/** Sends a channel's followers, none of whom may be reading, so much that the kernel takes no more and the rest waits in this process. */
export function clog({ rooms, heldBytes }: RoomsServer): void {
  while (heldBytes() === 0) rooms.publishAlarms('live', MANY);
}
