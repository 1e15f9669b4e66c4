import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { cardName } from './cardName.ts';
import { legendOf } from './districtScale.ts';

/** What the cells' colours mean, quiet first; breaks are fixed and tied to the target. Nothing where colour says nothing. */
export function MapLegend({ indicator, isMadeUp }: { readonly indicator: Indicator; readonly isMadeUp: boolean }) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const classes = legendOf(indicator);
  if (classes.length === 0) return null;
  const isLower = indicator.direction === 'lower-is-better';
  const number = (value: number) => formatNumber(value, Number.isInteger(value) ? 0 : indicator.decimals);
  const unit = indicator.unit[language];
  return (
    <div className="province-legend">
      <p>{`${cardName(indicator, language, t)}${unit === '' ? '' : `, ${unit}`}`}</p>
      <ul data-states={indicator.states.length > 0}>
        {classes.map(({ classIndex, meaning }, i) => (
          <li key={`${meaning.kind}-${meaning.kind === 'state' ? meaning.value : meaning.limit}`}>
            <span className="province-swatch" data-class={classIndex} />
            <span className="num">
              {meaning.kind === 'state' ? indicator.states.find(({ value }) => value === meaning.value)?.name[language]
                : meaning.kind === 'misses' ? `${isLower ? '>' : '<'}${number(meaning.limit)}` : `${i === 0 ? (isLower ? '≤' : meaning.limit === 100 ? '' : '≥') : ''}${number(meaning.limit)}`}
            </span>
          </li>
        ))}
      </ul>
      {isMadeUp && <p className="province-legendMade"><span className="province-madeUp" />{t('provenance.simulated')}</p>}
    </div>
  );
}
