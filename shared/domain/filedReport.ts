import { z } from 'zod';
import { AlertReport } from './alertReport.ts';
import { DossierReport } from './dossierReport.ts';
import { SourceId } from './ids.ts';

const Report = z.discriminatedUnion('kind', [AlertReport, DossierReport]);

/** A report as the log of reports keeps it. */
export const FiledReport = z.strictObject({
  feedId: SourceId,
  receivedAtMs: z.number().int().nonnegative(),
  report: Report,
});
export type FiledReport = Readonly<z.infer<typeof FiledReport>>;
