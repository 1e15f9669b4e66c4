import type { Alarm } from '../../shared/domain/alarm.ts';
import type { AlarmsMessage } from '../../shared/protocol/socket.ts';
import { ScreenAlarms } from './alarmsForScreens.ts';
import { messageParcel, type Parcel } from './parcel.ts';
import type { RoomsChannel } from './rooms.ts';

/** A channel's alarms as what is sent. */
export class AlarmParcels {
  readonly #channel: RoomsChannel;
  readonly #epochNow: () => string;
  readonly #screenAlarms = new ScreenAlarms();
  /** `null`: nobody has asked since the last `forget`. */
  #open: Parcel | null = null;

  constructor(channel: RoomsChannel, epochNow: () => string) {
    this.#channel = channel;
    this.#epochNow = epochNow;
  }

  /** At every tick, transition, heartbeat and new epoch: any of them may come with other open alarms. */
  forget(): void {
    this.#open = null;
  }

  /** `null`: nothing that a screen may see. */
  changes(transitions: readonly Alarm[]): Parcel | null {
    const told = this.#screenAlarms.changes(transitions);
    return told.length === 0 ? null : this.#parcel('changes', told);
  }

  /** Written once for all who come before anything changes: two thousand alarms are 1 MB. */
  open(): Parcel {
    this.#open ??= this.#parcel('snapshot', this.#screenAlarms.snapshot(this.#channel.openAlarms()));
    return this.#open;
  }

  #parcel(kind: AlarmsMessage['kind'], alarms: Alarm[]): Parcel {
    return messageParcel({ event: 'alarms', payload: { channel: this.#channel.id, epoch: this.#epochNow(), kind, alarms } });
  }
}
