import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../../i18n/format.ts';
import { ALARM_TABS, type AlarmTab } from './alarmTabs.ts';

interface AlarmTabsProps {
  readonly tab: AlarmTab;
  /** `null`: not known. */
  readonly counts: Readonly<Record<AlarmTab, number | null>>;
  readonly onTab: (tab: AlarmTab) => void;
}

const NOT_KNOWN = '—';

/** [DK1] The tabs with their counts, of all alarms whatever the filter. Arrow keys go from one to the next, keys 1-4 to each. */
export function AlarmTabs({ tab, counts, onTab }: AlarmTabsProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const handleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = ALARM_TABS.at((ALARM_TABS.indexOf(tab) + step) % ALARM_TABS.length) ?? tab;
    onTab(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <div ref={list} className="alarms-tabs" role="tablist" aria-label={t('alarms.tabs')} onKeyDown={handleKey}>
      {ALARM_TABS.map((one, position) => {
        const count = counts[one];
        return (
          <button key={one} type="button" role="tab" data-tab={one} aria-selected={one === tab} aria-controls="alarms-panel" tabIndex={one === tab ? 0 : -1} aria-keyshortcuts={String(position + 1)} onClick={() => onTab(one)}>
            {t(`alarms.tab.${one}`)}{' '}<span className="alarms-count num">{count === null ? NOT_KNOWN : formatNumber(count)}</span>
          </button>
        );
      })}
    </div>
  );
}
