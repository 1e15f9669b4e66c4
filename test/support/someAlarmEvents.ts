import fc from 'fast-check';
import type { AuditDraft } from '../../server/ports/alarmLog.ts';
import { AlarmEvent } from '../../shared/domain/alarmEvent.ts';

const AT_MS = Date.parse('2026-11-22T07:00:00Z');

export function aDraftRow(over: Partial<AuditDraft> = {}): AuditDraft {
  return { atMs: AT_MS, actor: 'ha.lt', station: '10.0.0.7', action: 'alarm.acknowledge', target: 'state:68.lgsp', outcome: 'done', detail: { before: 'UNACK', after: 'ACKED' }, ...over };
}

export function aRaise(number: number): AlarmEvent {
  return AlarmEvent.parse({
    kind: 'raised', atMs: AT_MS + number, alarmId: `state:68.lgsp-${number}`, occurrenceId: `state:68.lgsp-${number}@${AT_MS}`, sinceMs: AT_MS,
    condition: {
      id: `state:68.lgsp-${number}`, kind: 'state', ruleId: null, severity: 'critical', domain: 'connectivity', localityCode: '68', isPlaced: true, indicatorId: 'lgsp-state',
      sourceId: null, value: 0, title: 'Nền tảng “LGSP” ngừng', dependsOn: [], tlp: null, attack: null,
    },
    isLatching: false, needsAckOnReturn: true, reAlarmAfterMs: null,
  });
}

const atMs = fc.nat().map((offsetMs) => AT_MS + offsetMs);
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const alarmId = fc.nat(9).map((number) => `state:68.lgsp-${number}`);

/** What the log must give back, whatever people typed: no rule of the life cycle is kept between them. */
export const arbitraryAlarmEvent: fc.Arbitrary<AlarmEvent> = fc.oneof(
  fc.nat(1_000).map(aRaise),
  fc.record({ kind: fc.constant('returned' as const), atMs, alarmId, returnedAtMs: atMs }),
  fc.record({ kind: fc.constant('commented' as const), atMs, alarmId, by: words, station: fc.option(words), text: words }),
).filter((event) => AlarmEvent.safeParse(event).success).map((event) => AlarmEvent.parse(event));

export const arbitraryDraftRow: fc.Arbitrary<AuditDraft> = fc.record({
  atMs, actor: words, station: fc.option(words), action: fc.constantFrom('alarm.acknowledge', 'session.begin'), target: fc.option(words), outcome: fc.constantFrom('done', 'refused'),
  detail: fc.dictionary(fc.constantFrom('before', 'after', '2', '10', 'why', 'ồ'), fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null)), { noNullPrototype: true }),
});
