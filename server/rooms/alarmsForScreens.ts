import type { Alarm } from '../../shared/domain/alarm.ts';

/** [LC15] TLP:RED is for the people in the room, and a screen is seen by anybody. */
const isForScreens = ({ tlp }: Alarm): boolean => tlp !== 'RED';

/** What has been shown and may not be any more says only that it is not there. */
function tombstone({ id, occurrenceId, localityCode, sinceMs, raisedAtMs }: Alarm): Alarm {
  return {
    id, occurrenceId, localityCode, sinceMs, raisedAtMs, kind: 'alert', ruleId: null, severity: 'unknown', domain: 'security', isPlaced: false, indicatorId: null, sourceId: null, value: null,
    title: null, dependsOn: [], tlp: null, attack: null, state: 'NORMAL', returnedAtMs: null, dataLost: false, count: 1, acked: null, assignee: null, disposition: null, shelved: null,
    outOfService: null, suppressedBy: null, escalations: 0, isChattering: false, isLatched: false,
  };
}

/** What screens are told of the alarms of one channel. It remembers which of them stand on screens, so that of a secret one not even its place and times go out. */
export class ScreenAlarms {
  readonly #shownIds = new Set<string>();

  snapshot(open: readonly Alarm[]): Alarm[] {
    const shown = open.filter(isForScreens);
    for (const { id } of shown) this.#shownIds.add(id);
    return shown;
  }

  changes(transitions: readonly Alarm[]): Alarm[] {
    return transitions.flatMap((alarm) => {
      if (!isForScreens(alarm)) return this.#shownIds.delete(alarm.id) ? [tombstone(alarm)] : [];
      if (alarm.state === 'NORMAL') this.#shownIds.delete(alarm.id);
      else this.#shownIds.add(alarm.id);
      return [alarm];
    });
  }
}
