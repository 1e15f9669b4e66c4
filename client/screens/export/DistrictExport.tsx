import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { currentLanguage } from '../../i18n/i18n.ts';
import { cardName } from '../province/cardName.ts';
import type { LocalRow } from '../province/localRows.ts';
import { ExportMenu } from './ExportMenu.tsx';
import type { ExportCell, ExportTable } from './exportTable.ts';
import { useExportParts } from './exportParts.ts';
import { vietnamTime } from './fileName.ts';

interface DistrictExportProps {
  readonly title: string;
  readonly indicator: Indicator;
  /** Every unit of the province, in the order shown; also those that the list has folded away. */
  readonly rows: readonly LocalRow[];
}

/** The district table as a file. Silent and missing units are listed with their state and without a value, never skipped. */
export function DistrictExport({ title, indicator, rows }: DistrictExportProps) {
  const { t, i18n } = useTranslation();
  const { edition } = useCatalogue();
  const language = currentLanguage(i18n);
  const provinceCode = rows[0]?.locality.parent ?? '';
  const partsOf = useExportParts(provinceCode, (atMs) => `/api/v1/snapshot?locality=${provinceCode}&at=${atMs}`);
  if (rows.length === 0) return null;
  const valueAt = ({ reading: { value }, freshness }: LocalRow): ExportCell => {
    if (value === null || freshness === 'dead' || freshness === 'never') return null;
    return indicator.states.find((state) => state.value === value)?.name[language] ?? value;
  };
  const plain = (name: string) => ({ name, unit: '', decimals: 0 });
  const table = (): ExportTable => ({
    ...partsOf(rows.map(({ reading }) => reading.provenance)), title,
    columns: [
      plain(t(edition === '2021' ? 'province.districtWord' : 'province.communeWord')), plain(t('exported.codeColumn')),
      { name: cardName(indicator, language, t), unit: indicator.unit[language], decimals: indicator.decimals },
      plain(t('exported.numerator')), plain(t('exported.denominator')), plain(t('exported.freshness')), plain(t('exported.kind')), plain(t('exported.observed')),
    ],
    rows: rows.map((row) => [
      row.locality.name, t('exported.code', { code: row.locality.code }), valueAt(row), row.reading.numerator, row.reading.denominator,
      t(`freshness.${row.freshness}`), row.reading.provenance === null ? null : t(`provenance.${row.reading.provenance}`),
      row.reading.observedAtMs === null ? null : vietnamTime(row.reading.observedAtMs),
    ]),
  });
  return <ExportMenu name={title} fileWhat={cardName(indicator, language, t)} table={table} />;
}
