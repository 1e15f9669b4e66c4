import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../../../../shared/domain/indicator.ts';
import type { ExplainDto } from '../../../../shared/protocol/answers.ts';
import type { ExplainNode } from '../../../../shared/protocol/http.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatNumber } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { FigureView } from '../../../panels/Figure.tsx';
import { ratioParts } from './explainRows.ts';
import type { ExplainedNumber } from './explainAddress.ts';
import { useReadingText } from './useReadingText.ts';

/** "ở mức “đã nối” trở lên": what a unit needs, to count in a share. */
export function useShareCondition(): (indicator: Indicator | undefined) => string {
  const { t, i18n } = useTranslation();
  const catalogue = useCatalogue();
  const language = currentLanguage(i18n);
  return (indicator) => {
    if (indicator?.rollUp.rule !== 'share') return '';
    const { of, atLeast } = indicator.rollUp;
    const counted = catalogue.indicator(of);
    const state = counted?.states.find(({ value }) => value === atLeast);
    return state === undefined ? t('explain.share.atLeast', { value: `${formatNumber(atLeast)} ${counted?.unit[language] ?? ''}`.trim() }) : t('explain.share.inState', { state: state.name[language] });
  };
}

function Count({ node, onGoDown }: { readonly node: ExplainNode; readonly onGoDown: (part: ExplainedNumber) => void }) {
  const { i18n } = useTranslation();
  return <Button className="explain-count" onPress={() => onGoDown(node.reading)}>{node.name[currentLanguage(i18n)]}</Button>;
}

function Fraction({ answer, onGoDown }: { readonly answer: ExplainDto; readonly onGoDown: (part: ExplainedNumber) => void }) {
  const { t } = useTranslation();
  const condition = useShareCondition();
  const indicator = useCatalogue().indicator(answer.reading.indicatorId);
  const { numerator, denominator } = answer.reading;
  if (numerator === null || denominator === null) return null;
  const ratio = ratioParts(answer);
  const words: readonly [ReactNode, ReactNode] = ratio !== null
    ? [<Count key="top" node={ratio.numerator} onGoDown={onGoDown} />, <Count key="bottom" node={ratio.denominator} onGoDown={onGoDown} />]
    : answer.rule === 'share' ? [t('explain.share.top', { condition: condition(indicator) }), t('explain.share.bottom')] : ['', ''];
  return (
    <>
      <span className="explain-equals" aria-hidden="true">=</span>
      <dl className="explain-fraction">
        <div><dt className="num">{formatNumber(numerator)}</dt><dd>{words[0]}</dd></div>
        <div><dt className="num">{formatNumber(denominator)}</dt><dd>{words[1]}</dd></div>
      </dl>
    </>
  );
}

/** The number itself, and for a ratio or a share what over what. */
export function ExplainValue({ answer, onGoDown }: { readonly answer: ExplainDto; readonly onGoDown: (part: ExplainedNumber) => void }) {
  const readingText = useReadingText();
  return (
    <div className="explain-value">
      <FigureView text={readingText(answer.reading, answer.atMs)} size="value" withUnit />
      <Fraction answer={answer} onGoDown={onGoDown} />
    </div>
  );
}
