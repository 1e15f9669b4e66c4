import { X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { displayName } from '../../../catalogue/catalogue.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { searchLocalities } from '../../home/searchLocalities.ts';
import { UNPLACED } from './alarmFilter.ts';

const MOST_FOUND = 12;

interface ProvinceFilterProps {
  /** A province's code, `UNPLACED`, or `null`: everywhere. */
  readonly place: string | null;
  readonly onPlace: (place: string | null) => void;
}

/** A province found as it is typed, whatever the marks; its districts are in it. */
export function ProvinceFilter({ place, onPlace }: ProvinceFilterProps) {
  const { t } = useTranslation();
  const { provinces, locality } = useCatalogue();
  const [typed, setTyped] = useState('');
  const found = useMemo(() => {
    const some = typed.trim() === '' ? provinces : searchLocalities(provinces, typed, MOST_FOUND);
    return [...some.map((province) => ({ id: province.code as string, name: displayName(province) })), { id: UNPLACED, name: t('alarms.unplaced') }];
  }, [provinces, typed, t]);
  if (place !== null) {
    const chosen = locality(place);
    return (
      <span className="alarms-place" data-set="true">{place === UNPLACED ? t('alarms.unplaced') : chosen === undefined ? place : displayName(chosen)}
        <button type="button" className="alarms-placeClear" aria-label={t('alarms.filter.clearPlace')} onClick={() => onPlace(null)}><X aria-hidden="true" /></button>
      </span>
    );
  }
  return (
    <ComboBox className="alarms-place" aria-label={t('alarms.filter.place')} allowsEmptyCollection defaultFilter={() => true} items={found} inputValue={typed} onInputChange={setTyped} selectedKey={null} menuTrigger="focus"
      onSelectionChange={(code) => { if (code !== null) { setTyped(''); onPlace(String(code)); } }}>
      <Input className="alarms-placeInput" placeholder={t('alarms.filter.placeHint')} autoComplete="off" spellCheck="false" />
      <Button className="visuallyHidden" aria-label={t('alarms.filter.place')} />
      <Popover className="alarms-popover">
        <ListBox<(typeof found)[number]> className="alarms-options" renderEmptyState={() => <p className="alarms-optionNone">{t('alarms.filter.noPlace')}</p>}>
          {({ id, name }) => <ListBoxItem id={id} className="alarms-option" textValue={name}>{name}</ListBoxItem>}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
