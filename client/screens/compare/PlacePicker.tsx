import { ChevronDown, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { searchLocalities } from '../home/searchLocalities.ts';
import { placeLetter } from './compareWords.ts';
import { MOST_PLACES } from './compareOptions.ts';
import type { ComparePage } from './comparePage.ts';

/** Enough to see that the search narrows down; the whole list while nothing is typed. */
const MOST_FOUND = 12;

function AddPlace({ page: { catalogue, options }, isFocused, onAdd }: { readonly page: ComparePage; readonly isFocused: boolean; readonly onAdd: (code: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const free = useMemo(() => catalogue.provinces.filter(({ code }) => !options.places.includes(code)), [catalogue, options.places]);
  const found = useMemo(() => (typed.trim() === '' ? free : searchLocalities(free, typed, MOST_FOUND)), [free, typed]);
  return (
    <ComboBox
      className="compare-add" autoFocus={isFocused} allowsEmptyCollection defaultFilter={() => true} items={found} inputValue={typed} onInputChange={setTyped} selectedKey={null}
      onSelectionChange={(code) => { if (code !== null) onAdd(String(code)); }}>
      <Label className="compare-segmentsLabel">{t('compare.add')}</Label>
      <div className="compare-addBox">
        <Input className="compare-addInput" placeholder={t('compare.addHint')} autoComplete="off" spellCheck="false" />
        <Button className="compare-addOpen"><ChevronDown aria-hidden="true" /></Button>
      </div>
      <Popover className="compare-popover">
        <ListBox<(typeof found)[number]> className="compare-options" renderEmptyState={() => <p className="compare-optionNone">{t('compare.none')}</p>}>
          {({ code, name }) => <ListBoxItem id={code} className="compare-option" textValue={name}><span>{name}</span><span className="num">{code}</span></ListBoxItem>}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** The chosen provinces in their order, and a field that adds one. A press on a name makes it the one that the others are measured by. */
export function PlacePicker({ page }: { readonly page: ComparePage }) {
  const { t } = useTranslation();
  const { catalogue, options, change } = page;
  const { places } = options;
  const [hasAdded, setAdded] = useState(false);
  const add = (code: string) => {
    setAdded(true);
    change({ places: [...places, code] });
  };
  return (
    <div className="compare-picker">
      <ul className="compare-chips" aria-label={t('compare.places')}>
        {places.map((code, i) => {
          const name = catalogue.locality(code)?.name ?? code;
          return (
            <li key={code} className="compare-chip" data-base={i === 0}>
              <Button className="compare-chipName" aria-pressed={i === 0} onPress={() => change({ places: [code, ...places.filter((other) => other !== code)] })}>
                <span className="compare-letter">{placeLetter(i)}</span>{name}<span className="visuallyHidden">, {t(i === 0 ? 'compare.isBase' : 'compare.asBase')}</span>
              </Button>
              <Button className="compare-chipRemove" aria-label={t('compare.remove', { name })} onPress={() => change({ places: places.filter((other) => other !== code) })}><X aria-hidden="true" /></Button>
            </li>
          );
        })}
      </ul>
      {/* A field of its own for each addition: one that is emptied under its open list opens it again. */}
      {places.length < MOST_PLACES ? <AddPlace key={places.length} page={page} isFocused={hasAdded} onAdd={add} /> : <p className="compare-full">{t('compare.full', { most: MOST_PLACES })}</p>}
    </div>
  );
}
