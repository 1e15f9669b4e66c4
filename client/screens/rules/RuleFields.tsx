import { ChevronDown } from 'lucide-react';
import { Button, I18nProvider, Input, Label, ListBox, ListBoxItem, NumberField, Popover, Select, SelectValue, Switch } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { AlarmRule } from '../../../shared/domain/alarmRule.ts';
import { SEVERITIES } from '../../../shared/domain/severity.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_SEC = 86_400;

interface FieldsProps {
  readonly draft: AlarmRule;
  readonly isReadOnly: boolean;
  readonly onChange: (draft: AlarmRule) => void;
}

interface AmountProps {
  readonly label: string;
  readonly value: number;
  readonly isReadOnly: boolean;
  readonly onChange: (value: number) => void;
  readonly min?: number;
  readonly max?: number;
  readonly isRatio?: boolean;
}

/** Numbers are written as in Vietnam in both languages, as everywhere else. */
function Amount({ label, value, isReadOnly, onChange, min, max, isRatio = false }: AmountProps) {
  return (
    <I18nProvider locale="vi-VN">
      <NumberField
        className="rules-field" value={value} isReadOnly={isReadOnly} {...(min !== undefined && { minValue: min })} {...(max !== undefined && { maxValue: max })}
        formatOptions={isRatio ? { style: 'percent', maximumFractionDigits: 1 } : { maximumFractionDigits: 3 }} onChange={(next) => { if (Number.isFinite(next)) onChange(next); }}
      >
        <Label>{label}</Label>
        <Input className="num" />
      </NumberField>
    </I18nProvider>
  );
}

function Toggle({ label, isOn, isReadOnly, onChange }: { readonly label: string; readonly isOn: boolean; readonly isReadOnly: boolean; readonly onChange: (isOn: boolean) => void }) {
  return <Switch className="rules-switch" isSelected={isOn} isReadOnly={isReadOnly} onChange={onChange}><span className="rules-track" aria-hidden="true" />{label}</Switch>;
}

function SeverityChoice({ draft, isReadOnly, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <Select className="rules-field" selectedKey={draft.severity} isDisabled={isReadOnly} onSelectionChange={(key) => { const severity = SEVERITIES.find((each) => each === key); if (severity !== undefined) onChange({ ...draft, severity }); }}>
      <Label>{t('rules.severity')}</Label>
      <Button className="rules-choice"><SelectValue /><ChevronDown aria-hidden="true" /></Button>
      <Popover className="rules-popover">
        <ListBox className="rules-options">{SEVERITIES.map((severity) => <ListBoxItem key={severity} id={severity} className="rules-option">{t(`severity.${severity}`)}</ListBoxItem>)}</ListBox>
      </Popover>
    </Select>
  );
}

/** What the rule is about stays; its limits are here. */
function Limits({ draft, isReadOnly, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { when } = draft;
  const amount = (label: string, value: number, change: (value: number) => AlarmRule['when'], more: Partial<AmountProps> = {}) =>
    <Amount label={label} value={value} isReadOnly={isReadOnly} onChange={(next) => onChange({ ...draft, when: change(next) })} {...more} />;
  switch (when.type) {
    case 'band': return (
      <>
        {amount(t('rules.raiseAt'), when.raiseAt, (raiseAt) => ({ ...when, raiseAt }), { isRatio: when.per !== null })}
        {amount(t('rules.clearAt'), when.clearAt, (clearAt) => ({ ...when, clearAt }), { isRatio: when.per !== null })}
        {when.per !== null && amount(t('rules.perAtLeast'), when.per.atLeast, (atLeast) => ({ ...when, per: when.per === null ? null : { ...when.per, atLeast } }), { min: 0 })}
      </>
    );
    case 'members': return (
      <>
        {amount(t('rules.raiseAt'), when.raiseRatio, (raiseRatio) => ({ ...when, raiseRatio }), { isRatio: true, min: 0.001, max: 1 })}
        {amount(t('rules.clearAt'), when.clearRatio, (clearRatio) => ({ ...when, clearRatio }), { isRatio: true, min: 0, max: 1 })}
        {amount(t('rules.membersAtLeast'), when.atLeast, (atLeast) => ({ ...when, atLeast: Math.round(atLeast) }), { min: 2 })}
      </>
    );
    case 'alert': return (
      <fieldset className="rules-alerts">
        <legend>{t('rules.alertSeverities')}</legend>
        {SEVERITIES.map((severity) => (
          <Toggle key={severity} label={t(`severity.${severity}`)} isOn={when.severities.includes(severity)} isReadOnly={isReadOnly}
            onChange={(isOn) => onChange({ ...draft, when: { ...when, severities: SEVERITIES.filter((each) => (each === severity ? isOn : when.severities.includes(each))) } })} />
        ))}
      </fieldset>
    );
    default: return null;
  }
}

/** All that can be changed of a rule, in the units people speak of. */
export function RuleFields({ draft, isReadOnly, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const shared = { draft, isReadOnly, onChange };
  return (
    <>
      <Toggle label={t('rules.isOn')} isOn={draft.isOn} isReadOnly={isReadOnly} onChange={(isOn) => onChange({ ...draft, isOn })} />
      <div className="rules-fields">
        {draft.when.type !== 'alert' && <SeverityChoice {...shared} />}
        <Limits {...shared} />
        <Amount label={t('rules.onDelay')} value={draft.onDelayMs / SECOND_MS} min={0} max={DAY_SEC} isReadOnly={isReadOnly} onChange={(sec) => onChange({ ...draft, onDelayMs: Math.round(sec * SECOND_MS) })} />
        <Amount label={t('rules.offDelay')} value={draft.offDelayMs / SECOND_MS} min={0} max={DAY_SEC} isReadOnly={isReadOnly} onChange={(sec) => onChange({ ...draft, offDelayMs: Math.round(sec * SECOND_MS) })} />
        <Amount label={t('rules.again')} value={(draft.reAlarmAfterMs ?? 0) / MINUTE_MS} min={0} isReadOnly={isReadOnly} onChange={(min) => onChange({ ...draft, reAlarmAfterMs: min <= 0 ? null : Math.round(min * MINUTE_MS) })} />
      </div>
      <Toggle label={t('rules.needsAck')} isOn={draft.needsAckOnReturn} isReadOnly={isReadOnly} onChange={(needsAckOnReturn) => onChange({ ...draft, needsAckOnReturn })} />
      <Toggle label={t('rules.latching')} isOn={draft.isLatching} isReadOnly={isReadOnly} onChange={(isLatching) => onChange({ ...draft, isLatching })} />
    </>
  );
}
