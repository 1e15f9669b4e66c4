import { BlockList, isIPv6 } from 'node:net';
import type { SyslogSettings } from '../ports/feedSettings.ts';
import type { ReceivedLine } from './lineFramer.ts';

/** Where lines go. */
export interface LineTaker {
  /** Resolves once they are dealt with; nothing more is read before. */
  takeLines(lines: readonly ReceivedLine[]): Promise<void>;
  /** What was turned away before it was read. */
  noteTurnedAway(reason: 'not-allowed' | 'too-many', detail: string): void;
}

export interface SyslogListener {
  /** The one it got, where it was asked for any (0). */
  readonly port: number;
  /** Resolves once what was read is dealt with. */
  close(): Promise<void>;
}

/** An IPv4 address is the same written as IPv6 (`::ffff:192.0.2.1`), as sockets for both show it. */
export function createAllowList(addresses: SyslogSettings['allowFrom']): (address: string) => boolean {
  const list = new BlockList();
  for (const address of addresses) list.addAddress(address, isIPv6(address) ? 'ipv6' : 'ipv4');
  return (address) => address !== '' && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
