import { Info } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { IndexComponentDto, IndexCountDto } from '../../../../shared/protocol/serviceIndex.ts';
import { useCatalogue } from '../../../catalogue/ChannelProvider.tsx';
import { formatNumber, localFormula } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { FigureNoteLine, FigureView, useLocalUnit } from '../../../panels/Figure.tsx';
import { figureText } from '../../../panels/figureText.ts';
import { pointsText, scoreText } from './indexFigures.ts';
import { StandingLine } from './StandingLine.tsx';

interface CountRowProps {
  readonly count: IndexCountDto;
  readonly atMs: number;
  readonly onExplain: (indicatorId: string) => void;
}

/** One count as it was when the answer was made, and why it does not count if it does not. */
function CountRow({ count, atMs, onExplain }: CountRowProps) {
  const { t, i18n } = useTranslation();
  const indicator = useCatalogue().indicator(count.indicatorId);
  const memberUnit = useLocalUnit();
  const { reading, state } = count;
  const text = figureText({ reading, freshness: reading.freshness, decimals: indicator?.decimals ?? 0, unit: '', show: 'value', memberUnit, isLinkLost: false, nowMs: atMs }, t);
  const name = indicator?.name[currentLanguage(i18n)] ?? count.indicatorId;
  return (
    <tr data-freshness={reading.freshness}>
      <th scope="row"><Button className="index-count" aria-label={t('province.explainOf', { name })} onPress={() => onExplain(count.indicatorId)}><span>{name}</span><Info aria-hidden="true" /></Button></th>
      <td className="index-countValue">
        <FigureView text={text} size="row" />
        {state === 'counted' ? <FigureNoteLine text={text} note="short" coverage="short" /> : <small>{t(`serviceIndex.count.${state}`)}</small>}
      </td>
    </tr>
  );
}

/** Name, points, the formula in words and in symbols, the counts it was filled with, and on what it stands. */
export function IndexComponentView({ component, atMs, onExplain }: { readonly component: IndexComponentDto; readonly atMs: number; readonly onExplain: (indicatorId: string) => void }) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const { number, name, points, score, state, valuePct, rule, counts } = component;
  return (
    <section className="index-component" data-state={state} aria-label={`${number} ${name[language]}`}>
      <h4><span><b className="num">{number}</b> {name[language]}</span><span className="num">{score === null ? t('serviceIndex.notJudgedOf', { points: pointsText(points) }) : t('serviceIndex.scoreOf', { score: scoreText(score), points: pointsText(points) })}</span></h4>
      {state !== 'judged' && <p className="index-why">{t(`serviceIndex.state.${state}`)}</p>}
      {rule !== null && (
        <>
          <p>{rule.words[language]}</p>
          {rule.symbols !== '' && valuePct !== null && (
            <p className="index-symbols num">
              {t('serviceIndex.worked', { symbols: localFormula(rule.symbols), pct: formatNumber(valuePct, 2) })}
              <br />
              {t('serviceIndex.intoPoints', { pct: formatNumber(valuePct, 2), full: formatNumber(rule.fullAtPct), points: pointsText(points), score: scoreText(score ?? 0) })}
            </p>
          )}
          <table className="index-counts"><tbody>{counts.map((count) => <CountRow key={count.indicatorId} count={count} atMs={atMs} onExplain={onExplain} />)}</tbody></table>
          <StandingLine label={t('serviceIndex.formula')} standing={rule.standing} />
        </>
      )}
    </section>
  );
}
