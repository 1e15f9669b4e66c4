import { DatabaseSync } from 'node:sqlite';
import { type AlarmTable, createAlarmTable } from './alarmTable.ts';

/** The audit trail of a copy of a store. */
export interface AuditFile extends Pick<AlarmTable, 'walkAudit'> {
  close(): void;
}

/** Opens a copy that nobody else has; its write-ahead log is read with it. A file of an earlier release has an empty trail. */
export function openAuditFile(path: string): AuditFile {
  const db = new DatabaseSync(path);
  return { walkAudit: createAlarmTable(db, true).walkAudit, close: () => db.close() };
}
