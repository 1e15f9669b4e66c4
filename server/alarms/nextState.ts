import type { AlarmState } from '../../shared/domain/alarm.ts';
import type { AlarmEvent } from '../../shared/domain/alarmEvent.ts';

/** What else decides where an event leads. */
export interface Circumstances {
  /** Its rule latches: over is not enough, somebody must reset it. */
  readonly isLatching: boolean;
  /** Somebody must say that they saw it even when it is over by itself. */
  readonly needsAckOnReturn: boolean;
  /** Another standing alarm explains it: nobody was told of it, so nobody is asked about it. */
  readonly isSuppressed: boolean;
  /** Over already, and latched. */
  readonly isLatched: boolean;
  /** `changed`: it is worse than before. */
  readonly isWorse: boolean;
}

export interface Step {
  readonly state: AlarmState;
  /** Over, and waits for a reset. */
  readonly isLatched: boolean;
}

/**
 * [LC2] One cell of the table state × event (ISA-18.2; IEC 62682:2022 clause 5.2.4 names the states): where it leads. The same state: nothing
 * happens to the machine. Overlays (shelving, out of service), comments and judgements never move it.
 */
export function nextState(state: AlarmState, kind: AlarmEvent['kind'], circumstances: Circumstances): Step {
  const { isLatching, needsAckOnReturn, isSuppressed, isLatched, isWorse } = circumstances;
  const isStanding = (state === 'UNACK' || state === 'ACKED') && !isLatched;
  const stays = { state, isLatched };
  switch (kind) {
    case 'raised': return isStanding ? stays : { state: 'UNACK', isLatched: false };
    case 'changed': return state === 'ACKED' && isStanding && isWorse ? { state: 'UNACK', isLatched: false } : stays;
    case 'returned':
      if (!isStanding) return stays;
      if (state === 'ACKED') return isLatching ? { state: 'ACKED', isLatched: true } : { state: 'NORMAL', isLatched: false };
      return isSuppressed || !(needsAckOnReturn || isLatching) ? { state: 'NORMAL', isLatched: false } : { state: 'RTN_UNACK', isLatched: false };
    case 'acknowledged':
      if (state === 'UNACK') return { state: 'ACKED', isLatched: false };
      if (state !== 'RTN_UNACK') return stays;
      return isLatching ? { state: 'ACKED', isLatched: true } : { state: 'NORMAL', isLatched: false };
    case 're-alarmed': return state === 'ACKED' && isStanding ? { state: 'UNACK', isLatched: false } : stays;
    case 'lapsed': return state === 'RTN_UNACK' ? { state: 'NORMAL', isLatched: false } : stays;
    case 'reset': return isLatched ? { state: 'NORMAL', isLatched: false } : stays;
    case 'repeated': case 'data-lost': case 'data-back': case 'shelved': case 'unshelved': case 'removed-from-service': case 'returned-to-service':
    case 'commented': case 'assigned': case 'judged': case 'handed-over': case 'rule-changed':
      return stays;
  }
}
