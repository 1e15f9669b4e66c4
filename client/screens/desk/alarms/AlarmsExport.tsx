import { useTranslation } from 'react-i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import type { Provenance } from '../../../../shared/domain/provenance.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { useMirrorStore } from '../../../store/mirrorHooks.tsx';
import { selectReading } from '../../../store/selectReading.ts';
import { ExportMenu } from '../../export/ExportMenu.tsx';
import { useExportParts } from '../../export/exportParts.ts';
import type { ExportTable } from '../../export/exportTable.ts';
import { vietnamTime } from '../../export/fileName.ts';
import type { AlarmTab } from './alarmTabs.ts';
import { type DeskRow, alarmsOf } from './alarmRows.ts';
import type { Wording } from './alarmWords.ts';

interface AlarmsExportProps {
  readonly rows: readonly DeskRow[];
  readonly tab: AlarmTab;
  readonly wording: Wording;
}

/** [DK21] The list as it stands, filter and all, as a file: every alarm in a line of its own, grouped or not. */
export function AlarmsExport({ rows, tab, wording }: AlarmsExportProps) {
  const { t } = useTranslation();
  const store = useMirrorStore();
  const { table: series } = useCatalogue();
  const partsOf = useExportParts('VN', () => '/api/v1/alarms');
  const provenanceOf = ({ localityCode, indicatorId }: Alarm): Provenance | null => {
    const index = series.indexOf(localityCode, indicatorId ?? '');
    return index === undefined ? null : selectReading(store, index).provenance;
  };
  const plain = (name: string) => ({ name, unit: '', decimals: 0 });
  const title = t('alarms.export.title', { tab: t(`alarms.tab.${tab}`) });
  const table = (): ExportTable => {
    const alarms = rows.flatMap(alarmsOf);
    return {
      ...partsOf(alarms.map(provenanceOf)), title,
      columns: [...(['level', 'place', 'system', 'what', 'source', 'since', 'over', 'count', 'state', 'by', 'verdict'] as const).map((column) => plain(t(`alarms.column.${column}`))), plain(t('alarms.export.attack')), plain(t('alarms.export.tlp')), plain(t('alarms.export.id'))],
      rows: alarms.map((alarm) => {
        const { place, unit, system, what, source } = wording.wordsOf(alarm);
        const state = alarm.state === 'NORMAL' ? 'closed' : alarm.state === 'ACKED' ? 'takenUnsaid' : alarm.state === 'RTN_UNACK' ? 'over' : 'waiting';
        return [
          t(`severity.${alarm.severity}`), unit === '' ? place : `${place}, ${unit}`, system, what, source, vietnamTime(alarm.sinceMs), alarm.returnedAtMs === null ? null : vietnamTime(alarm.returnedAtMs), alarm.count,
          t(`alarms.state.${state}`), alarm.acked?.by ?? null, alarm.disposition === null ? null : t(`alarms.disposition.${alarm.disposition}`), alarm.attack?.techniques.join(' ') ?? null, alarm.tlp, alarm.id,
        ];
      }),
    };
  };
  return <ExportMenu name={title} fileWhat={t('alarms.export.what')} table={table} />;
}
