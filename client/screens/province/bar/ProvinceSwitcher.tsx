import { ChevronDown, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Autocomplete, Button, Dialog, DialogTrigger, Input, Label, ListBox, ListBoxItem, Popover, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Locality } from '../../../../shared/domain/locality.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { searchLocalities } from '../../home/searchLocalities.ts';

const MOST_FOUND = 30;

interface SwitcherProps {
  readonly province: Locality;
  /** What stands below the name. */
  readonly words: string;
  readonly onOpen: (place: Locality) => void;
}

function Places({ province, onOpen }: Pick<SwitcherProps, 'province' | 'onOpen'>) {
  const { t } = useTranslation();
  const { table, provinces, locality } = useCatalogue();
  const [query, setQuery] = useState('');
  const found = useMemo(() => (query.trim() === '' ? provinces : searchLocalities(table.localities, query, MOST_FOUND)), [query, provinces, table]);
  const nameOf = ({ parent, level }: Locality) => (level === 'province' ? null : locality(parent ?? '')?.name);
  return (
    <Autocomplete inputValue={query} onInputChange={setQuery}>
      <SearchField className="bar-search" autoFocus>
        <Label className="visuallyHidden">{t('bar.search')}</Label>
        <Search aria-hidden="true" />
        <Input placeholder={t('bar.searchHint')} autoComplete="off" spellCheck="false" />
      </SearchField>
      <p className="visuallyHidden" role="status">{t('bar.found', { count: found.length })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard, and the highlight of the list is no focus. */}
      <section className="bar-places" aria-label={t('bar.places')} tabIndex={0}>
      <ListBox
        className="bar-placeList" aria-label={t('bar.places')} items={found.map((place) => ({ id: place.code, place }))}
        selectionMode="single" disallowEmptySelection selectedKeys={[province.code]} onSelectionChange={(keys) => { const place = locality(String([...keys][0])); if (place !== undefined) onOpen(place); }}
        renderEmptyState={() => <p className="bar-none">{t('bar.none', { query: query.trim() })}</p>}
      >
        {({ place }) => (
          <ListBoxItem id={place.code} className="bar-place" textValue={place.name}>
            <span>{place.fullName}</span>
            <span className="bar-placeCode">{[nameOf(place), place.code].filter((part) => part != null).join(' · ')}</span>
          </ListBoxItem>
        )}
      </ListBox>
      </section>
    </Autocomplete>
  );
}

/** [SW1] The name of the province, and below it every other place, found as it is typed in a hurry. */
export function ProvinceSwitcher({ province, words, onOpen }: SwitcherProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="bar-title">
      <h1>
        <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
          <Button className="bar-switch">
            <span className="bar-name">{province.name}<ChevronDown aria-hidden="true" /></span>
            <span className="bar-words">{words}</span>
            <span className="visuallyHidden">{t('bar.switch')}</span>
          </Button>
          <Popover className="bar-popover" placement="bottom start">
            <Dialog className="bar-switcher" aria-label={t('bar.places')}>
              {/* Otherwise Escape takes the highlight and the text away first. */}
              <div className="bar-switcherBody" onKeyDownCapture={({ key }) => { if (key === 'Escape') setOpen(false); }}>
                <Places province={province} onOpen={(place) => { setOpen(false); onOpen(place); }} />
              </div>
            </Dialog>
          </Popover>
        </DialogTrigger>
      </h1>
    </div>
  );
}
