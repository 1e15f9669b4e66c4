import { useTranslation } from 'react-i18next';
import type { ExplainDto } from '../../../../shared/protocol/answers.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatNumber, localFormula } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { ratioParts } from './explainRows.ts';
import { useShareCondition } from './ExplainValue.tsx';

/** A longer one is the list below it, written in a row. */
const LONGEST_FORMULA = 90;

/** The rule in one paragraph, then in symbols, then with the figures filled in. */
export function ExplainRule({ answer }: { readonly answer: ExplainDto }) {
  const { t, i18n } = useTranslation();
  const condition = useShareCondition();
  const indicator = useCatalogue().indicator(answer.reading.indicatorId);
  const language = currentLanguage(i18n);
  if (indicator === undefined) return null;
  const { rule, formula, reading } = answer;
  const kind = indicator.rollUp.rule === 'worst' && rule === 'worst' ? indicator.rollUp.pick : rule === 'worst' ? 'max' : rule;
  const ratio = ratioParts(answer);
  const words = t(`explain.rule.${kind}`, { top: ratio?.numerator.name[language], bottom: ratio?.denominator.name[language], condition: condition(indicator) });
  const quorum = rule === 'observed' ? '' : ` ${t('explain.quorum', { percent: `${formatNumber(100 * indicator.quorumRatio)}%` })}`;
  const isShort = formula !== '' && formula.length <= LONGEST_FORMULA && reading.value !== null;
  return (
    <section className="explain-rule">
      <h3 className="visuallyHidden">{t('explain.formula')}</h3>
      <p>{`${words}${quorum}`}</p>
      {kind !== 'observed' && (
        <p className="explain-symbols num">
          <span>{t(`explain.symbols.${kind}`)}</span>
          {isShort && <span>{`= ${localFormula(formula)} = ${formatNumber(reading.value ?? 0, indicator.decimals)}`}</span>}
        </p>
      )}
    </section>
  );
}
