import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PeerGroup } from '../../../shared/domain/peers.ts';
import type { ReadingDto } from '../../../shared/protocol/http.ts';
import { CompareDto, LeagueDto } from '../../../shared/protocol/league.ts';
import { ChartsView } from './ChartsView.tsx';
import { PEER_CHOICES } from './compareOptions.ts';
import { type ComparePage, groupsOf } from './comparePage.ts';
import { askedAt } from '../province/past/asOf.tsx';
import { NATION } from './compareRows.ts';
import { LeagueView } from './LeagueView.tsx';
import { PlacePicker } from './PlacePicker.tsx';
import { PlacesView } from './PlacesView.tsx';
import { Segments } from './Segments.tsx';
import { useFollowed } from './useFollowed.ts';

/** A wall is told each second; a comparison is read for longer than that. */
const ASK_EVERY_MS = 5_000;

export interface CompareAnswers {
  readonly places: CompareDto | null;
  readonly league: LeagueDto | null;
  /** The group that the first place is compared with; `null`: none is asked for, or there is none. */
  readonly group: PeerGroup | null;
  /** Every reading that is shown. */
  readonly readings: readonly ReadingDto[];
  /** When the newest of the answers was made; `null`: none yet. */
  readonly atMs: number | null;
  readonly isLost: boolean;
}

function groupOfFirst(page: ComparePage): PeerGroup | null {
  const { peers, places } = page.options;
  if (peers !== 'region' && peers !== 'size') return null;
  return groupsOf(page, peers).find(({ members }) => members.some((code) => code === places[0])) ?? null;
}

/** What the chosen view asks: the places, or the league, never both. */
export function useCompareAnswers(page: ComparePage): CompareAnswers {
  const { options, catalogue, asOfMs } = page;
  const everyMs = asOfMs === null ? ASK_EVERY_MS : null;
  const group = useMemo(() => groupOfFirst(page), [page]);
  const known = options.places.filter((code) => catalogue.locality(code) !== undefined);
  const asked = [...new Set([...(group === null ? known : [...known.slice(0, 1), ...group.members]), ...(options.peers === 'nation' ? [NATION] : [])])];
  const isPlaces = options.view === 'places';
  const indicator = catalogue.indicator(options.indicatorId);
  const placesPath = isPlaces && known.length > 0 ? askedAt(`/api/v1/compare?places=${asked.join(',')}&domain=${options.domain}`, asOfMs) : null;
  const leaguePath = !isPlaces && indicator?.levels.includes('province') === true ? askedAt(`/api/v1/league?indicator=${indicator.id}&hours=${options.hours}`, asOfMs) : null;
  const places = useFollowed(CompareDto, placesPath, everyMs);
  const league = useFollowed(LeagueDto, leaguePath, everyMs);
  const readings = useMemo(() => (isPlaces ? (places.answer?.places.flatMap((place) => place.readings) ?? []) : (league.answer?.rows ?? [])), [isPlaces, places.answer, league.answer]);
  return {
    places: places.answer, league: league.answer, group, readings,
    atMs: (isPlaces ? places.answer?.atMs : league.answer?.atMs) ?? null,
    isLost: isPlaces ? placesPath !== null && places.isLost : leaguePath !== null && league.isLost,
  };
}

function Unknown({ page: { options, catalogue } }: { readonly page: ComparePage }) {
  const { t } = useTranslation();
  const codes = options.places.filter((code) => catalogue.locality(code) === undefined);
  return codes.length === 0 ? null : <p className="compare-problem" role="status">{t('compare.unknown', { codes: codes.join(', '), set: t(`province.unitSet.${catalogue.edition}`) })}</p>;
}

function GroupNote({ page: { options, catalogue, language }, group }: { readonly page: ComparePage; readonly group: PeerGroup | null }) {
  const { t } = useTranslation();
  if (options.peers !== 'region' && options.peers !== 'size') return null;
  if (group === null) return <p className="compare-problem">{t('compare.noGroup', { set: t(`province.unitSet.${catalogue.edition}`) })}</p>;
  return <p className="compare-note"><b>{t('compare.group', { name: group.name[language], count: group.members.length })}</b> {t('compare.saidBy', { who: group.saidBy[language] })}</p>;
}

function SideBySide({ page, answers }: { readonly page: ComparePage; readonly answers: CompareAnswers }) {
  const { t } = useTranslation();
  const { options, catalogue, change } = page;
  const { group, places, isLost } = answers;
  const known = options.places.filter((code) => catalogue.locality(code) !== undefined);
  // Among its peers only the first place is told of by itself.
  const shown = group === null ? known : known.slice(0, 1);
  const shownPage = { ...page, options: { ...options, places: shown } };
  return (
    <>
      <PlacePicker page={page} />
      <Segments label={t('compare.peers')} value={options.peers} choices={PEER_CHOICES.map((id) => ({ id, name: t(`compare.peersOf.${id}`) }))} onChoose={(peers) => change({ peers })} />
      <Unknown page={page} />
      <GroupNote page={page} group={group} />
      {known.length === 0 ? <p className="compare-quiet">{t('compare.choose')}</p>
        : places === null ? <p className="compare-quiet">{isLost ? t('desk.unreachable') : t('province.asking')}</p>
          : <PlacesView page={shownPage} answer={places} isLost={isLost} peers={group === null ? null : group.members} />}
    </>
  );
}

/** The chosen view. */
export function CompareBody({ page, answers }: { readonly page: ComparePage; readonly answers: CompareAnswers }) {
  const { t } = useTranslation();
  const indicator = page.catalogue.indicator(page.options.indicatorId);
  if (page.options.view === 'places') return <SideBySide page={page} answers={answers} />;
  if (indicator === undefined) return <p className="compare-quiet">{t('compare.none')}</p>;
  const View = page.options.view === 'league' ? LeagueView : ChartsView;
  return <View page={page} indicator={indicator} league={answers.league} isLost={answers.isLost} />;
}
