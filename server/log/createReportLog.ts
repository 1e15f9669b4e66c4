import { z } from 'zod';
import { FiledReport } from '../../shared/domain/filedReport.ts';
import type { ReportLog } from '../ports/cases.ts';
import { StoreError } from '../ports/store.ts';
import type { StoreConnection } from '../ports/storeConnection.ts';

/** About a millisecond of writing JSON; between two such steps others get their turn. */
const REPORTS_PER_ROW = 200;

const Delivery = z.array(FiledReport);

/** The reports' end on the main thread. */
export function createReportLog(connection: StoreConnection): ReportLog {
  return {
    append: async (reports) => {
      if (reports.length > 0) await connection.ask('appendReports', { reports: JSON.stringify(reports) });
    },
    readAll: async () => (await connection.ask('readReports', null)).flatMap(parseDelivery),
    async compact(live) {
      // Asked at once, so that it counts what was appended before this call and nothing after it.
      const throughSeq = await connection.ask('lastReportSeq', null);
      await connection.ask('stageReports', { reports: null });
      for (let start = 0; start < live.length; start += REPORTS_PER_ROW) {
        await connection.ask('stageReports', { reports: JSON.stringify(live.slice(start, start + REPORTS_PER_ROW)) });
      }
      await connection.ask('compactReports', { throughSeq });
    },
  };
}

function parseDelivery(text: string): readonly FiledReport[] {
  const parsed = Delivery.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new StoreError('corrupt', `A stored report cannot be read: ${parsed.error.issues[0]?.message ?? 'it has another shape'}. Open the file with the release that wrote it.`);
}
