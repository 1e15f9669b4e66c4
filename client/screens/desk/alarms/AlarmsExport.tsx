import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import type { Provenance } from '../../../../shared/domain/provenance.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { useMirrorStore } from '../../../store/mirrorHooks.tsx';
import { selectReading } from '../../../store/selectReading.ts';
import { ExportMenu } from '../../export/ExportMenu.tsx';
import { useExportParts } from '../../export/exportParts.ts';
import type { ExportTable } from '../../export/exportTable.ts';
import { alarmTable } from './alarmTable.ts';
import type { AlarmTab } from './alarmTabs.ts';
import { type DeskRow, alarmsOf } from './alarmRows.ts';
import type { Wording } from './alarmWords.ts';

interface AlarmsExportProps {
  readonly rows: readonly DeskRow[];
  readonly tab: AlarmTab;
  readonly wording: Wording;
}

/** The list as it stands, filter and all, as a file. */
export function AlarmsExport({ rows, tab, wording }: AlarmsExportProps) {
  const { t } = useTranslation();
  const store = useMirrorStore();
  const { table: series } = useCatalogue();
  const partsOf = useExportParts('VN', () => '/api/v1/alarms');
  const provenanceOf = ({ localityCode, indicatorId }: Alarm): Provenance | null => {
    const index = series.indexOf(localityCode, indicatorId ?? '');
    return index === undefined ? null : selectReading(store, index).provenance;
  };
  const title = t('alarms.export.title', { tab: t(`alarms.tab.${tab}`) });
  const table = (): ExportTable => {
    const alarms = rows.flatMap(alarmsOf);
    return { ...partsOf(alarms.map(provenanceOf)), title, ...alarmTable(alarms, wording, t) };
  };
  return <ExportMenu name={title} fileWhat={t('alarms.export.what')} table={table} />;
}
