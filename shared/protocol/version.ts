/**
 * Bumped whenever a message or frame changes shape; a test holds its fingerprint ([PV1]).
 * 1: first version.
 */
export const PROTOCOL_VERSION = 1;

/** Path of the socket.io endpoint. Websocket transport only. */
export const SOCKET_PATH = '/rt';
