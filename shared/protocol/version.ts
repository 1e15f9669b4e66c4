/**
 * Bumped whenever a message or frame changes shape; a test holds its fingerprint ([PV1]).
 * 1: first version.
 * 2: walls report and say goodbye; heartbeats name walls in trouble; the desk sends walls commands.
 * 3: playback stops at milestones, waits there in chapters, and loops.
 * 4: the playback state names the exercise that is on.
 * 5: channels of recordings.
 * 6: walls are handed over and taken back.
 * 7: alarms live a life: who took them, shelves, causes and members; the alarm load.
 * 8: a shelf says who signed beside its owner.
 */
export const PROTOCOL_VERSION = 8;

/** Path of the socket.io endpoint. Websocket transport only. */
export const SOCKET_PATH = '/rt';
