import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import { type LeagueDto, type LeagueRow, LeagueSeriesDto } from '../../../shared/protocol/league.ts';
import { formatNumber } from '../../i18n/format.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { type DotScale, dotScaleOf } from '../province/districtScale.ts';
import { CHART_ORDERS, PERIODS_HOURS } from './compareOptions.ts';
import { type ComparePage, groupsOf } from './comparePage.ts';
import { pageAt } from '../province/past/asOf.tsx';
import { scaleWords } from './compareWords.ts';
import { IndicatorChoice } from './IndicatorChoice.tsx';
import { placeFigure } from './placeFigure.ts';
import { Segments } from './Segments.tsx';
import { smallChart, valuesOf } from './smallChart.ts';
import { useFollowed } from './useFollowed.ts';

const CHARTS_EVERY_MS = 60_000;
const POINTS = 48;
const SIZE = { width: 148, height: 44 } as const;

interface ChartsViewProps {
  readonly page: ComparePage;
  readonly indicator: Indicator;
  readonly league: LeagueDto | null;
  readonly isLost: boolean;
}

interface ChartProps extends ChartsViewProps {
  readonly row: LeagueRow;
  readonly line: LeagueSeriesDto['rows'][number] | undefined;
  readonly scale: DotScale;
}

function Chart({ row, line, scale, page, indicator, league, isLost }: ChartProps) {
  const { t } = useTranslation();
  const { catalogue, language, options, asOfMs } = page;
  const name = catalogue.locality(row.localityCode)?.name ?? row.localityCode;
  const text = placeFigure(row, indicator, { catalogue, language, atMs: league?.atMs ?? 0, isLost }, t);
  const values = line === undefined ? [] : valuesOf({ rows: [line] });
  const shape = line === undefined || values.length === 0 ? null : smallChart(line, scale, SIZE);
  const said = shape === null ? t('compare.chartNone') : t('compare.chartOf', { value: `${text.main}${text.unit === '%' ? '%' : ''}`, min: formatNumber(Math.min(...values), indicator.decimals), max: formatNumber(Math.max(...values), indicator.decimals) });
  const targetY = indicator.target === null ? null : SIZE.height * (1 - (indicator.target - scale.min) / (scale.max - scale.min));
  return (
    <Link className="compare-chart" data-own={row.localityCode === options.places[0]} data-unranked={row.unranked !== null} to={pathIn(language, pageAt(`/province/${row.localityCode}?domain=${options.domain}&indicator=${indicator.id}`, asOfMs))}>
      <span className="compare-chartHead"><span>{row.rank !== null && <span className="compare-chartRank num">{row.rank}</span>}{name}</span><b className="num">{text.main}</b></span>
      {shape === null ? <span className="compare-chartNone">{said}</span> : (
        <>
        <span className="visuallyHidden">{said}</span>
        <svg viewBox={`0 0 ${SIZE.width} ${SIZE.height}`} preserveAspectRatio="none" aria-hidden="true">
          {targetY !== null && <line className="compare-chartTarget" x1="0" x2={SIZE.width} y1={targetY} y2={targetY} />}
          <path className="compare-chartBand" d={shape.band} />
          <path className="compare-chartLine" d={shape.line} />
          {shape.lone.map(({ x, y }) => <circle key={x} className="compare-chartLone" cx={x} cy={y} r="2" />)}
        </svg>
        </>
      )}
    </Link>
  );
}

interface ChartGroup { readonly id: string; readonly name: string | null; readonly rows: readonly LeagueRow[] }

/** All in the order of their ranks, or by region and within it by rank. */
function chartGroups({ rows }: LeagueDto, page: ComparePage): ChartGroup[] {
  const regions = page.options.order === 'region' ? groupsOf(page, 'region') : [];
  if (regions.length === 0) return [{ id: 'all', name: null, rows }];
  return regions.map(({ id, name, members }) => ({ id, name: name[page.language], rows: rows.filter(({ localityCode }) => members.includes(localityCode)) }));
}

/** [CP8] One small chart a province, all on one stated scale. */
export function ChartsView(props: ChartsViewProps) {
  const { page, indicator, league } = props;
  const { t } = useTranslation();
  const { options, change, asOfMs, language } = page;
  const path = `/api/v1/league/series?indicator=${indicator.id}&points=${POINTS}&hours=${options.hours}${asOfMs === null ? '' : `&to=${asOfMs}`}`;
  const live = useFollowed(LeagueSeriesDto, league === null ? null : path, asOfMs === null ? CHARTS_EVERY_MS : null);
  const scale = useMemo(() => (live.answer === null ? null : dotScaleOf({ ...indicator, states: [] }, valuesOf(live.answer))), [live.answer, indicator]);
  const lineByCode = useMemo(() => new Map<string, LeagueSeriesDto['rows'][number]>(live.answer?.rows.map((row) => [row.localityCode, row]) ?? []), [live.answer]);
  return (
    <>
      <div className="compare-controls">
        <IndicatorChoice page={page} />
        <Segments label={t('compare.span')} value={String(options.hours)} choices={PERIODS_HOURS.map((hours) => ({ id: String(hours), name: t(`compare.hours.${hours}`) }))}
          onChoose={(chosen) => change({ hours: PERIODS_HOURS.find((hours) => String(hours) === chosen) ?? options.hours })} />
        <Segments label={t('compare.order')} value={options.order} choices={CHART_ORDERS.map((id) => ({ id, name: t(`compare.orders.${id}`) }))} onChoose={(order) => change({ order })} />
      </div>
      {league === null || live.answer === null ? <p className="compare-quiet">{t('province.asking')}</p> : scale === null ? <p className="compare-quiet">{t('compare.chartNone')}</p> : (
        <>
          <p className="compare-note">{t('compare.chartsNote', { span: t(`compare.hours.${options.hours}`), scale: scaleWords(scale, indicator, language, t) })}</p>
          {chartGroups(league, page).map(({ id, name, rows }) => (
            <section key={id} className="compare-chartGroup">
              {name !== null && <h2>{name}</h2>}
              <div className="compare-charts">{rows.map((row) => <Chart key={row.localityCode} {...props} row={row} line={lineByCode.get(row.localityCode)} scale={scale} />)}</div>
            </section>
          ))}
        </>
      )}
    </>
  );
}
