import { Tlp } from '../../shared/domain/alarm.ts';
import type { Action, Principal, Resource } from '../ports/people.ts';

const ACTS_ON_ALARMS: readonly Action[] = [
  'alarm.acknowledge', 'alarm.shelve', 'alarm.unshelve', 'alarm.comment', 'alarm.assign', 'alarm.judge', 'alarm.service', 'alarm.reset', 'shift.hand-over',
];

/** All that a role may do. Who changes the rules does not say that what they raised was seen, and who reads the trail does nothing that is in it. */
const ALLOWED: ReadonlyMap<string, ReadonlySet<string>> = new Map<string, ReadonlySet<Action>>([
  ['viewer', new Set<Action>(['alarm.read-notes', 'alarm.read-restricted'])],
  ['operator', new Set<Action>([...ACTS_ON_ALARMS, 'alarm.read-notes', 'alarm.read-restricted', 'quarantine.release', 'rule.try'])],
  ['auditor', new Set<Action>(['audit.read', 'alarm.read-notes'])],
  ['admin', new Set<Action>(['rule.try', 'rule.change'])],
]);

/** [SG1] Whatever is not in the table is refused. What is done to an alarm that only some may see needs that they may see it. */
export function can(principal: Principal, action: Action, resource: Resource | null): boolean {
  const allowed = principal.kind === 'person' ? ALLOWED.get(principal.role) : undefined;
  if (allowed?.has(action) !== true) return false;
  return !isRestricted(resource) || allowed.has('alarm.read-restricted');
}

/** TLP:RED, and a label that is none. */
function isRestricted(resource: Resource | null): boolean {
  if (resource === null || resource.tlp === null) return false;
  return resource.tlp === 'RED' || !Tlp.safeParse(resource.tlp).success;
}
