import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import type { SeriesDto } from '../../../shared/protocol/http.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useReading } from '../../store/mirrorHooks.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import type { ExportTable } from './exportTable.ts';
import { useExportParts } from './exportParts.ts';
import { vietnamTime } from './fileName.ts';

interface SeriesExportProps {
  readonly title: string;
  readonly indicator: Indicator;
  readonly series: SeriesDto;
  /** The drawn chart, or what contains it. */
  readonly chart: () => Element | null;
}

/** A chart as a file: every bucket with its last, lowest and highest reading; one without readings is an empty cell, a gap. */
export function SeriesExport({ title, indicator, series, chart }: SeriesExportProps) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const { localityCode, indicatorId, fromMs, toMs, points } = series;
  const provenance: Provenance | null = useReading(localityCode, indicatorId)?.provenance ?? null;
  const partsOf = useExportParts(localityCode, () => `/api/v1/series?locality=${localityCode}&indicator=${indicatorId}&from=${fromMs}&to=${toMs}`);
  const column = (name: string) => ({ name, unit: indicator.unit[language], decimals: indicator.decimals });
  const table = (): ExportTable => ({
    ...partsOf([provenance]), title: `${title}: ${vietnamTime(fromMs)} – ${vietnamTime(toMs)}`,
    columns: [{ name: t('exported.bucket'), unit: '', decimals: 0 }, column(t('exported.last')), column(t('exported.min')), column(t('exported.max')), { name: t('exported.readings'), unit: '', decimals: 0 }],
    rows: points.map(({ atMs, last, min, max, count }) => [vietnamTime(atMs), last, min, max, count]),
  });
  return <ExportMenu name={title} fileWhat={title} table={table} chart={chart} />;
}
