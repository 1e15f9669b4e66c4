import type { AlarmsMessage, Heartbeat } from '../../shared/protocol/socket.ts';

/** One event as socket.io's own `emit` would take it. */
export type Message =
  | { readonly event: 'frame'; readonly payload: ArrayBuffer }
  | { readonly event: 'heartbeat'; readonly payload: Heartbeat }
  | { readonly event: 'alarms'; readonly payload: AlarmsMessage };

/** Messages that travel together, and the same as bytes: built once, written to every session in one call. */
export interface Parcel {
  readonly messages: readonly Message[];
  /** Whole, unmasked websocket frames. */
  readonly bytes: Buffer;
}

const TEXT = 0x1;
const BINARY = 0x2;

/** RFC 6455 §5.2: final, unmasked, no extension. */
function websocketFrame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const headLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headLength + length);
  frame[0] = 0x80 | opcode;
  if (headLength === 2) frame[1] = length;
  else if (headLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(payload, headLength);
  return frame;
}

/** Engine.IO "message" 4, Socket.IO "binary event" 5 with one attachment, which is the websocket frame after it. */
const FRAME_EVENT = websocketFrame(TEXT, Buffer.from('451-["frame",{"_placeholder":true,"num":0}]'));

/** `frame`: a whole buffer, as the encoder returns it. */
export function frameParcel(frame: Uint8Array<ArrayBuffer>): Parcel {
  return { messages: [{ event: 'frame', payload: frame.buffer }], bytes: Buffer.concat([FRAME_EVENT, websocketFrame(BINARY, frame)]) };
}

export function messageParcel(message: Exclude<Message, { event: 'frame' }>): Parcel {
  // Engine.IO "message" 4, Socket.IO "event" 2.
  return { messages: [message], bytes: websocketFrame(TEXT, Buffer.from(`42${JSON.stringify([message.event, message.payload])}`)) };
}

/**
 * An Engine.IO ping that rides along. The client answers as to any other, and the answer puts engine.io's own next ping off: a write
 * less for each client every five seconds. Who does not answer gets engine.io's own ping, and is dropped by it.
 */
export const PING: Parcel = { messages: [], bytes: websocketFrame(TEXT, Buffer.from('2')) };

export function joinParcels(parcels: readonly Parcel[]): Parcel {
  const [first] = parcels;
  if (parcels.length === 1 && first !== undefined) return first;
  return { messages: parcels.flatMap(({ messages }) => messages), bytes: Buffer.concat(parcels.map(({ bytes }) => bytes)) };
}
