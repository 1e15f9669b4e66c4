import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../i18n/format.ts';
import { FigureNoteLine, FigureView } from '../../panels/Figure.tsx';
import { CommonScale } from './CommonScale.tsx';
import type { ComparePage } from './comparePage.ts';
import { type CompareCell, type CompareRow, type GroupStanding, NATION } from './compareRows.ts';
import { differenceWords, placeLetter, scaleWords } from './compareWords.ts';
import { placeFigure } from './placeFigure.ts';

interface CompareArticleProps {
  readonly row: CompareRow;
  readonly page: ComparePage;
  readonly atMs: number;
  readonly isLost: boolean;
}

interface CellProps extends CompareArticleProps {
  readonly cell: CompareCell;
  readonly letter: string;
  readonly name: string;
}

function Cell({ cell, letter, name, row: { indicator }, page: { catalogue, language }, atMs, isLost }: CellProps) {
  const { t } = useTranslation();
  const text = placeFigure(cell.reading, indicator, { catalogue, language, atMs, isLost }, t);
  const parts = text.parts === null ? null : `${text.parts.numerator}/${text.parts.denominator}`;
  const note = [parts, text.coverageShort].filter((part) => part !== null).join(' · ');
  const difference = differenceWords(cell.difference, indicator, language, t);
  return (
    <li className="compare-cell" data-old={cell.why !== null && cell.why !== 'total'} data-base={cell.difference.kind === 'base'}>
      <p className="compare-cellPlace"><span className="compare-letter" data-nation={cell.code === NATION} aria-hidden="true">{letter}</span>{name}</p>
      <p className="compare-cellFigure"><FigureView text={text} size="row" withUnit /></p>
      <p className="compare-cellNote">{note !== '' && <span className="num">{note}</span>}<FigureNoteLine text={text} note="short" /></p>
      {difference !== '' && <p className="compare-cellDifference" data-kind={cell.difference.kind}>{difference}</p>}
    </li>
  );
}

function GroupCell({ group, row: { indicator }, page: { language, catalogue, options } }: CompareArticleProps & { readonly group: GroupStanding }) {
  const { t } = useTranslation();
  const unit = indicator.unit.vi === '%' ? '%' : ` ${indicator.unit[language]}`;
  const name = catalogue.locality(options.places[0] ?? '')?.name ?? '';
  return (
    <li className="compare-cell" data-old={group.median === null}>
      <p className="compare-cellPlace"><span className="compare-medianMark" aria-hidden="true" />{t('compare.median', { count: group.peers.length })}</p>
      <p className="compare-cellFigure"><span className="figure figure-row num">{group.median === null ? '—' : `${formatNumber(group.median, indicator.decimals)}${unit}`}</span></p>
      <p className="compare-cellNote">{group.rank === null ? t('compare.noRank', { name }) : t('compare.rankIn', { name, rank: group.rank, count: group.peers.length + 1 })}</p>
      <p className="compare-cellDifference" data-kind={group.difference.kind}>{differenceWords(group.difference, indicator, language, t)}</p>
    </li>
  );
}

/** One indicator: its places on one stated scale, and each with value, parts, coverage, age and difference from the first. */
export function CompareArticle(props: CompareArticleProps) {
  const { row, page } = props;
  const { indicator, scale, cells, group } = row;
  const { catalogue, language, change } = page;
  const { t } = useTranslation();
  const id = useId();
  const nameOf = (code: string) => (code === NATION ? t('compare.nation') : (catalogue.locality(code)?.name ?? code));
  return (
    <article className="compare-article" aria-labelledby={id}>
      <header className="compare-articleHead">
        <h2 id={id}>{indicator.name[language]}</h2>
        <Button className="compare-toLeague" aria-label={t('compare.toLeague', { name: indicator.name[language] })} onPress={() => change({ indicatorId: indicator.id, view: 'league' })}>{t('compare.views.league')}<ChevronRight aria-hidden="true" /></Button>
      </header>
      {scale !== null && <p className="compare-scaleWords">{scaleWords(scale, indicator, language, t)}</p>}
      <CommonScale row={row} language={language} nameOf={nameOf} />
      <ul className="compare-cells" data-count={cells.length + (group === null ? 0 : 1)}>
        {cells.map((cell, i) => <Cell key={cell.code} {...props} cell={cell} letter={cell.code === NATION ? NATION : placeLetter(i)} name={nameOf(cell.code)} />)}
        {group !== null && <GroupCell {...props} group={group} />}
      </ul>
    </article>
  );
}
