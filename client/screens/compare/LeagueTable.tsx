import { ArrowDownUp, Check, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { LeagueDto, LeagueRow } from '../../../shared/protocol/league.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { FigureNoteLine, FigureView } from '../../panels/Figure.tsx';
import type { DotScale } from '../province/districtScale.ts';
import { MOST_PLACES } from './compareOptions.ts';
import { type ComparePage } from './comparePage.ts';
import { pageAt } from '../province/past/asOf.tsx';
import { rankChangeWords } from './compareWords.ts';
import { LEAGUE_SORTS, type LeagueSort, leagueScale, shownValue, sortLeague } from './leagueRows.ts';
import { placeFigure } from './placeFigure.ts';

interface LeagueTableProps {
  readonly page: ComparePage;
  readonly league: LeagueDto;
  readonly indicator: Indicator;
  readonly isLost: boolean;
}

function RowScale({ row, indicator, scale }: { readonly row: LeagueRow; readonly indicator: Indicator; readonly scale: DotScale }) {
  const value = shownValue(row);
  const left = (of: number) => ({ left: `${(100 * Math.min(1, Math.max(0, (of - scale.min) / (scale.max - scale.min)))).toFixed(2)}%` });
  return (
    <span className="compare-rowScale" aria-hidden="true">
      {indicator.target !== null && <span className="compare-target" style={left(indicator.target)} />}
      {value !== null && <span className="compare-rowDot" data-old={row.unranked !== null} style={left(value)} />}
    </span>
  );
}

function CompareToggle({ row, name, page: { options, change } }: { readonly row: LeagueRow; readonly name: string; readonly page: ComparePage }) {
  const { t } = useTranslation();
  const { places } = options;
  const isIn = places.includes(row.localityCode);
  const toggle = () => change({ places: isIn ? places.filter((code) => code !== row.localityCode) : [...places, row.localityCode] });
  return (
    <Button className="compare-toggle" aria-pressed={isIn} isDisabled={!isIn && places.length >= MOST_PLACES} aria-label={t(isIn ? 'compare.without' : 'compare.with', { name })} onPress={toggle}>
      {isIn ? <Check aria-hidden="true" /> : <Plus aria-hidden="true" />}
    </Button>
  );
}

function Row({ row, scale, page, league, indicator, isLost }: LeagueTableProps & { readonly row: LeagueRow; readonly scale: DotScale | null }) {
  const { t } = useTranslation();
  const { catalogue, language, options, asOfMs } = page;
  const name = catalogue.locality(row.localityCode)?.name ?? row.localityCode;
  const text = placeFigure(row, indicator, { catalogue, language, atMs: league.atMs, isLost }, t);
  const change = rankChangeWords(row, t);
  const isOwn = row.localityCode === options.places[0];
  return (
    <tr data-own={isOwn} data-unranked={row.unranked !== null}>
      <td className="compare-rank num">{row.rank ?? '–'}</td>
      <td className="compare-change num" data-way={row.rankChange === null ? 'unknown' : Math.sign(row.rankChange)}><span aria-hidden="true">{change.mark}</span><span className="visuallyHidden">{change.words}</span></td>
      <th scope="row"><Link className="compare-placeLink" to={pathIn(language, pageAt(`/province/${row.localityCode}?domain=${options.domain}&indicator=${indicator.id}`, asOfMs))}>{name}{isOwn && <span className="compare-own">{t('compare.own')}</span>}</Link></th>
      <td className="compare-rowScaleCell">{scale !== null && <RowScale row={row} indicator={indicator} scale={scale} />}</td>
      <td className="compare-rowValue"><FigureView text={text} size="row" /></td>
      <td className="compare-rowNote">{row.unranked === null ? <>{text.coverageShort !== null && <span className="num">{text.coverageShort} · </span>}<FigureNoteLine text={text} note="short" /></> : t(`compare.why.${row.unranked}`)}</td>
      <td className="compare-rowToggle"><CompareToggle row={row} name={name} page={page} /></td>
    </tr>
  );
}

/** Every province under one indicator. A name leads to its page; a plus puts it into the comparison. */
export function LeagueTable(props: LeagueTableProps) {
  const { page, league, indicator } = props;
  const { t } = useTranslation();
  const [sort, setSort] = useState<LeagueSort>('rank');
  const rows = useMemo(() => sortLeague(league.rows, sort, (code) => page.catalogue.locality(code)?.name ?? code), [league.rows, sort, page.catalogue]);
  const scale = useMemo(() => leagueScale(indicator, league), [indicator, league]);
  return (
    <table className="compare-league">
      <caption className="visuallyHidden">{t('compare.league', { name: indicator.name[page.language] })}</caption>
      <thead>
        <tr>
          {LEAGUE_SORTS.map((key) => (
            <th key={key} scope="col" aria-sort={sort === key ? (key === 'change' ? 'descending' : 'ascending') : 'none'}>
              <Button className="compare-sort" data-on={sort === key} onPress={() => setSort(key)}>{t(`compare.columns.${key}`)}<ArrowDownUp aria-hidden="true" /></Button>
            </th>
          ))}
          <th scope="col" className="compare-rowScaleCell">{t('compare.columns.scale')}</th>
          <th scope="col" className="compare-rowValue">{t('compare.columns.value')}</th>
          <th scope="col" className="compare-rowNote">{t('compare.columns.coverage')}</th>
          <th scope="col" className="compare-rowToggle"><span className="visuallyHidden">{t('compare.columns.compare')}</span></th>
        </tr>
      </thead>
      <tbody>{rows.map((row) => <Row key={row.localityCode} {...props} row={row} scale={scale} />)}</tbody>
    </table>
  );
}
