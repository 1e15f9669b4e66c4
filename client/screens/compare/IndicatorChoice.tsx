import { ChevronDown } from 'lucide-react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ComparePage } from './comparePage.ts';
import { comparedIndicators } from './compareRows.ts';

/** What is ranked: an indicator of the domain that provinces have. */
export function IndicatorChoice({ page: { catalogue, options, language, change } }: { readonly page: ComparePage }) {
  const { t } = useTranslation();
  const indicators = comparedIndicators(catalogue.table.indicators, options.domain);
  return (
    <Select className="compare-choice" selectedKey={options.indicatorId} onSelectionChange={(id) => change({ indicatorId: String(id) })}>
      <Label className="compare-segmentsLabel">{t('compare.indicator')}</Label>
      <Button className="compare-choiceButton"><SelectValue /><ChevronDown aria-hidden="true" /></Button>
      <Popover className="compare-popover">
        <ListBox className="compare-options" items={indicators}>
          {({ id, name }) => <ListBoxItem id={id} className="compare-option" textValue={name[language]}>{name[language]}</ListBoxItem>}
        </ListBox>
      </Popover>
    </Select>
  );
}
