import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { AlarmEvent } from '../../shared/domain/alarmEvent.ts';
import { AlarmCheckpoint } from '../ports/alarmCheckpoint.ts';
import type { AlarmLog, AuditRow } from '../ports/alarmLog.ts';
import { StoreError } from '../ports/store.ts';
import type { StoreConnection } from '../ports/storeConnection.ts';

/** A few milliseconds of parsing; between two such steps others get their turn. */
const EVENTS_PER_STEP = 500;

const RowText = z.strictObject({
  seq: z.number().int().positive(), atMs: z.number(), actor: z.string(), station: z.string().nullable(), action: z.string(), target: z.string().nullable(),
  outcome: z.enum(['done', 'refused']), detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** The alarms' end on the main thread. */
export function createAlarmLog(connection: StoreConnection): AlarmLog {
  return {
    append: async (events, audit) => {
      if (events.length > 0 || audit.length > 0) await connection.ask('appendAlarms', { events: events.map((event) => JSON.stringify(event)), audit });
    },
    readCheckpoint: async () => toCheckpoint(await connection.ask('readAlarmCheckpoint', null)),
    readAll: async () => toEvents(await connection.ask('readAlarms', null)),
    async readOld(ask) {
      const { checkpoint, events, afterSeq, throughSeq } = await connection.ask('readOldAlarms', ask);
      return { checkpoint: toCheckpoint(checkpoint), events: await toEvents(events), afterSeq, throughSeq };
    },
    cut: async ({ afterSeq, throughSeq }, checkpoint) => {
      await connection.ask('cutAlarms', { afterSeq, throughSeq, checkpoint: JSON.stringify(checkpoint) });
    },
    readAudit: async (ask) => (await connection.ask('readAudit', ask)).map(({ text, hash }): AuditRow => ({ ...parse(RowText, text, 'A row of the audit trail'), hash })),
  };
}

const toCheckpoint = (text: string | null) => (text === null ? null : parse(AlarmCheckpoint, text, 'The checkpoint of the alarms'));

async function toEvents(texts: readonly string[]): Promise<readonly AlarmEvent[]> {
  const events: AlarmEvent[] = [];
  for (const [index, text] of texts.entries()) {
    if (index % EVENTS_PER_STEP === 0) await nextTurn();
    events.push(parse(AlarmEvent, text, `Event ${index + 1} of the alarms`));
  }
  return events;
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string, what: string): z.output<Schema> {
  const parsed = schema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new StoreError('corrupt', `${what} cannot be read: ${parsed.error.issues[0]?.message ?? 'it has another shape'}. Open the file with the release that wrote it.`);
}
