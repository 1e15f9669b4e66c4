import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { can } from '../../../server/access/can.ts';
import { ACTIONS, type Action, type Principal } from '../../../server/ports/people.ts';
import { TLP_LABELS, type Tlp } from '../../../shared/domain/alarm.ts';
import { ROLES } from '../../../shared/protocol/session.ts';

const aPerson = (role: (typeof ROLES)[number]): Principal => ({ kind: 'person', account: 'ha.lt', name: 'Lê Thị Hà', role });
const NOBODY: Principal = { kind: 'nobody' };

/** The whole of it: v viewer, o operator, u auditor, a admin; a dot is no. */
const TABLE: Readonly<Record<Action, string>> = {
  'alarm.acknowledge': '.o..', 'alarm.shelve': '.o..', 'alarm.unshelve': '.o..', 'alarm.comment': '.o..', 'alarm.assign': '.o..', 'alarm.judge': '.o..',
  'alarm.service': '.o..', 'alarm.reset': '.o..', 'shift.hand-over': '.o..',
  'alarm.read-notes': 'vou.', 'alarm.read-restricted': 'vo..',
  'rule.try': '.o.a', 'rule.change': '...a', 'audit.read': '..u.', 'quarantine.release': '.o..',
};

describe('[SG1] who may do what', () => {
  const cells = ACTIONS.flatMap((action) => ROLES.map((role, column) => ({ action, role, isAllowed: TABLE[action][column] !== '.' })));

  test.each(cells)('$role, $action: $isAllowed', ({ action, role, isAllowed }) => {
    expect(can(aPerson(role), action, null)).toBe(isAllowed);
    expect(can(aPerson(role), action, { tlp: null })).toBe(isAllowed);
  });

  test('the columns of the table are all roles there are, its rows all actions', () => {
    expect(ROLES).toEqual(['viewer', 'operator', 'auditor', 'admin']);
    expect(Object.keys(TABLE).sort()).toEqual([...ACTIONS].sort());
  });

  test('nobody may do anything, to anything', () => {
    for (const action of ACTIONS) for (const tlp of [null, ...TLP_LABELS]) expect(can(NOBODY, action, { tlp })).toBe(false);
  });

  test('what is TLP:RED is only for those who may read what is; other labels change nothing', () => {
    for (const { action, role } of cells) {
      for (const tlp of TLP_LABELS.filter((label) => label !== 'RED')) expect(can(aPerson(role), action, { tlp })).toBe(can(aPerson(role), action, null));
      expect(can(aPerson(role), action, { tlp: 'RED' })).toBe(can(aPerson(role), action, null) && can(aPerson(role), 'alarm.read-restricted', null));
    }
  });

  test('what is unknown is refused: a role, an action, a kind of principal; a label that is none is as RED', () => {
    const strange = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'OPERATOR', 'operator ', 'alarm'));
    fc.assert(fc.property(strange, (word) => {
      const asRole = word as (typeof ROLES)[number];
      const asAction = word as Action;
      if (!ROLES.includes(asRole)) for (const action of ACTIONS) expect(can(aPerson(asRole), action, null)).toBe(false);
      if (!ACTIONS.includes(asAction)) for (const role of ROLES) expect(can(aPerson(role), asAction, null)).toBe(false);
      if (word !== 'person') expect(can({ ...aPerson('operator'), kind: word } as unknown as Principal, 'alarm.acknowledge', null)).toBe(false);
      if (!TLP_LABELS.includes(word as Tlp)) expect(can(aPerson('auditor'), 'alarm.read-notes', { tlp: word as Tlp })).toBe(false);
    }));
  });
});
