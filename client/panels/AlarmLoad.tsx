import { useTranslation } from 'react-i18next';
import { formatNumber } from '../i18n/format.ts';
import { ALARM_LOAD } from '../theme/tokens.ts';
import { useAlarmLoad } from './alarmHooks.ts';

function loadLevel(count: number): 'normal' | 'high' | 'flood' {
  if (count > ALARM_LOAD.flood) return 'flood';
  return count > ALARM_LOAD.high ? 'high' : 'normal';
}

const countText = (count: number | null) => (count === null ? '—' : formatNumber(count));

/** The count alone, where there is no room for its scale. */
export function AlarmLoadLine() {
  const { t } = useTranslation();
  return <p className="alarmLoad-head alarmLoad-line"><span>{t('load.short')}</span><span className="alarmLoad-count num">{countText(useAlarmLoad())}</span></p>;
}

/** New alarms in ten minutes against what one person can handle. Both marks always stand, so that the bar has a scale; in a flood ([FL1]) it says so. */
export function AlarmLoad({ isFlood }: { readonly isFlood: boolean }) {
  const { t } = useTranslation();
  const count = useAlarmLoad();
  const position = (value: number) => `${(Math.min(value, ALARM_LOAD.axisMax) / ALARM_LOAD.axisMax) * 100}%`;
  return (
    <section className="alarmLoad" data-level={loadLevel(count ?? 0)} data-flood={isFlood}>
      <header className="alarmLoad-head"><span className="alarmLoad-title">{t(isFlood ? 'load.flooding' : 'load.title')}</span><span className="alarmLoad-count num">{countText(count)}</span></header>
      <div className="alarmLoad-axis">
        <div className="alarmLoad-bar" style={{ width: position(count ?? 0) }} />
        {[ALARM_LOAD.normal, ALARM_LOAD.flood].map((mark) => <div key={mark} className="alarmLoad-mark" style={{ left: position(mark) }} />)}
      </div>
      <div className="alarmLoad-labels">
        <span style={{ left: position(ALARM_LOAD.normal) }}>{t('load.normal', { n: ALARM_LOAD.normal })}</span>
        <span className="alarmLoad-flood">{t('load.flood', { n: ALARM_LOAD.flood })}</span>
      </div>
    </section>
  );
}
