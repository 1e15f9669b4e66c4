import type { TFunction } from 'i18next';
import { type Alarm, attackIds } from '../../../../shared/domain/alarm.ts';
import type { ExportTable } from '../../export/exportTable.ts';
import { vietnamTime } from '../../export/fileName.ts';
import type { Wording } from './alarmWords.ts';

const NAMED = ['level', 'place', 'system', 'what', 'source', 'since', 'over', 'count', 'state', 'by', 'verdict'] as const;
const STATES = { UNACK: 'waiting', ACKED: 'takenUnsaid', RTN_UNACK: 'over', NORMAL: 'closed' } as const;

/** [DK21] Every alarm in a line of its own, grouped or not, with whole names. Pure. */
export function alarmTable(alarms: readonly Alarm[], wording: Wording, t: TFunction): Pick<ExportTable, 'columns' | 'rows'> {
  const plain = (name: string) => ({ name, unit: '', decimals: 0 });
  return {
    columns: [...NAMED.map((column) => plain(t(`alarms.column.${column}`))), plain(t('alarms.export.attack')), plain(t('alarms.export.tlp')), plain(t('alarms.export.id'))],
    rows: alarms.map((alarm) => {
      const { place, unit, system, what, source } = wording.wordsOf(alarm);
      return [
        t(`severity.${alarm.severity}`), unit === '' ? place : `${place}, ${unit}`, system, what, source, vietnamTime(alarm.sinceMs), alarm.returnedAtMs === null ? null : vietnamTime(alarm.returnedAtMs), alarm.count,
        t(`alarms.state.${STATES[alarm.state]}`), alarm.acked?.by ?? null, alarm.disposition === null ? null : t(`alarms.disposition.${alarm.disposition}`), alarm.attack === null ? null : attackIds(alarm.attack).join(' '), alarm.tlp, alarm.id,
      ];
    }),
  };
}
