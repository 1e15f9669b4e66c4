import { useTranslation } from 'react-i18next';
import { Button } from 'react-aria-components';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { LeagueDto } from '../../../shared/protocol/league.ts';
import { formatClockShort, formatDate } from '../../i18n/format.ts';
import { PERIODS_HOURS } from './compareOptions.ts';
import type { ComparePage } from './comparePage.ts';
import { scaleWords } from './compareWords.ts';
import { IndicatorChoice } from './IndicatorChoice.tsx';
import { LeagueTable } from './LeagueTable.tsx';
import { leagueScale } from './leagueRows.ts';
import { Segments } from './Segments.tsx';

interface LeagueViewProps {
  readonly page: ComparePage;
  readonly indicator: Indicator;
  /** `null`: not answered yet. */
  readonly league: LeagueDto | null;
  readonly isLost: boolean;
}

function LeagueNote({ league, indicator, page: { language } }: { readonly league: LeagueDto; readonly indicator: Indicator; readonly page: ComparePage }) {
  const { t } = useTranslation();
  const time = `${formatClockShort(league.previousAtMs)} ${formatDate(league.previousAtMs)}`;
  const scale = leagueScale(indicator, league);
  const words = [
    t('compare.ranked', { ranked: league.rankedCount, all: league.rows.length }),
    league.previousRankedCount === 0 ? t('compare.againstNone', { time }) : t('compare.against', { time, count: league.previousRankedCount }),
    ...(indicator.direction === 'neutral' ? [t('compare.neutral')] : []),
  ].join(' ');
  return <p className="compare-note">{words}{scale !== null && <span className="compare-noteScale">{scaleWords(scale, indicator, language, t)}</span>}</p>;
}

/** The league table of the edition, and the way from it to the comparison. */
export function LeagueView({ page, indicator, league, isLost }: LeagueViewProps) {
  const { t } = useTranslation();
  const { options, change, catalogue } = page;
  const names = options.places.map((code) => catalogue.locality(code)?.name ?? code).join(', ');
  return (
    <>
      <div className="compare-controls">
        <IndicatorChoice page={page} />
        <Segments label={t('compare.period')} value={String(options.hours)} choices={PERIODS_HOURS.map((hours) => ({ id: String(hours), name: t(`compare.hoursAgo.${hours}`) }))}
          onChoose={(chosen) => change({ hours: PERIODS_HOURS.find((hours) => String(hours) === chosen) ?? options.hours })} />
      </div>
      {options.places.length > 1 && <Button className="compare-go" onPress={() => change({ view: 'places', peers: 'none' })}>{t('compare.go', { names })}</Button>}
      {league === null ? <p className="compare-quiet">{t('province.asking')}</p> : (
        <>
          <LeagueNote league={league} indicator={indicator} page={page} />
          <LeagueTable page={page} league={league} indicator={indicator} isLost={isLost} />
        </>
      )}
    </>
  );
}
