import { Search, X } from 'lucide-react';
import { type Ref, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Alarm, attackIds, TLP_LABELS } from '../../../../shared/domain/alarm.ts';
import { SEVERITIES, type Severity } from '../../../../shared/domain/severity.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { SeveritySymbol } from '../../../panels/SeveritySymbol.tsx';
import { useDeskSession } from '../deskSession.tsx';
import { type AlarmFilter, FILTER_DOMAINS, FILTER_STATES, isFiltering, NO_FILTER } from './alarmFilter.ts';
import { ProvinceFilter } from './ProvinceFilter.tsx';

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly all: string;
  readonly value: T | null;
  readonly options: readonly { readonly value: T; readonly text: string }[];
  readonly onChange: (value: T | null) => void;
}

function Choice<T extends string>({ label, all, value, options, onChange }: ChoiceProps<T>) {
  return (
    <select className="alarms-choice" aria-label={label} data-set={value !== null} value={value ?? ''} onChange={({ target }) => onChange(options.find((option) => option.value === target.value)?.value ?? null)}>
      <option value="">{all}</option>
      {options.map((option) => <option key={option.value} value={option.value}>{option.text}</option>)}
    </select>
  );
}

function Levels({ severities, onChange }: { readonly severities: readonly Severity[]; readonly onChange: (severities: readonly Severity[]) => void }) {
  const { t } = useTranslation();
  const toggle = (severity: Severity) => onChange(SEVERITIES.filter((one) => (one === severity) !== severities.includes(one)));
  return (
    <fieldset className="alarms-levels">
      <legend className="visuallyHidden">{t('alarms.filter.level')}</legend>
      {SEVERITIES.map((severity) => (
        <button key={severity} type="button" aria-pressed={severities.includes(severity)} title={t(`severity.${severity}`)} onClick={() => toggle(severity)}>
          <SeveritySymbol severity={severity} isOutline={severities.length > 0 && !severities.includes(severity)} label={t(`severity.${severity}`)} />
        </button>
      ))}
    </fieldset>
  );
}

interface FilterBarProps {
  readonly filter: AlarmFilter;
  /** Every alarm there is: what of ATT&CK is offered, some alarm has. */
  readonly alarms: readonly Alarm[];
  readonly leftOut: number;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onFilter: (change: Partial<AlarmFilter>) => void;
}

/** [DK6] What narrows the list; all of it is in the address. */
export function FilterBar({ filter, alarms, leftOut, searchRef, onFilter }: FilterBarProps) {
  const { t } = useTranslation();
  const { person } = useDeskSession();
  const offered = useMemo(() => [...new Set([...alarms.flatMap(({ attack }) => attackIds(attack)), ...(filter.attackId === null ? [] : [filter.attackId])])].sort(), [alarms, filter.attackId]);
  const domains = FILTER_DOMAINS.map((value) => ({ value, text: t(`domain.${value}`) }));
  const states = FILTER_STATES.map((value) => ({ value, text: t(`alarms.filter.states.${value}`) }));
  return (
    <search className="alarms-filter" aria-label={t('alarms.filter.title')}>
      <label className="alarms-search"><Search aria-hidden="true" /><span className="visuallyHidden">{t('alarms.filter.search')}</span>
        <input ref={searchRef} type="search" value={filter.text} placeholder={t('alarms.filter.searchHint')} autoComplete="off" spellCheck="false" aria-keyshortcuts="/"
          onChange={({ target }) => onFilter({ text: target.value })} onKeyDown={(event) => { if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur(); }} />
      </label>
      <Levels severities={filter.severities} onChange={(severities) => onFilter({ severities })} />
      <Choice label={t('alarms.filter.domain')} all={t('alarms.filter.allDomains')} value={filter.domain} options={domains} onChange={(domain) => onFilter({ domain })} />
      <ProvinceFilter place={filter.place} onPlace={(place) => onFilter({ place })} />
      <Choice label={t('alarms.filter.state')} all={t('alarms.filter.allStates')} value={filter.state} options={states} onChange={(state) => onFilter({ state })} />
      {offered.length > 0 && <Choice label={t('alarms.filter.attack')} all={t('alarms.filter.allAttack')} value={filter.attackId} options={offered.map((value) => ({ value, text: value }))} onChange={(attackId) => onFilter({ attackId })} />}
      <Choice label={t('alarms.filter.tlp')} all={t('alarms.filter.allTlp')} value={filter.tlp} options={TLP_LABELS.map((value) => ({ value, text: t('alarms.detail.tlp', { label: value }) }))} onChange={(tlp) => onFilter({ tlp })} />
      {person !== null && <button type="button" className="alarms-mine" aria-pressed={filter.isMine} onClick={() => onFilter({ isMine: !filter.isMine })}>{t('alarms.filter.mine')}</button>}
      {isFiltering(filter) && (
        <span className="alarms-filtered" role="status">{leftOut > 0 && t('alarms.leftOut', { count: formatNumber(leftOut) })}
          <button type="button" className="alarms-clear" onClick={() => onFilter(NO_FILTER)}><X aria-hidden="true" />{t('alarms.clear')}</button>
        </span>
      )}
    </search>
  );
}
