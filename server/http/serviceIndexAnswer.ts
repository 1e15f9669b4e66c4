import type { IndicatorId, LocalityCode } from '../../shared/domain/ids.ts';
import type { Provenance } from '../../shared/domain/provenance.ts';
import {
  type ComponentScore, countsOf, differenceFrom, type IndexComponent, type IndexGroup, monthBounds, monthOf, type ScoreSum, type ServiceIndexRules, scoreIndex, writeFormula,
} from '../../shared/domain/serviceIndex.ts';
import type { SeriesTable } from '../../shared/domain/seriesTable.ts';
import type { ReadingDto } from '../../shared/protocol/http.ts';
import type { IndexComponentDto, IndexCountDto, IndexGroupDto, PortalDto, ServiceIndexDto } from '../../shared/protocol/serviceIndex.ts';
import type { Picture } from './picture.ts';
import { toReadingDto } from './readingDto.ts';

/** As on every screen ([FG2]): an aggregate of fewer members than this says nothing. */
const WITHHELD_BELOW_RATIO = 0.5;

interface Place {
  readonly table: SeriesTable;
  readonly picture: Picture;
  readonly localityCode: LocalityCode;
}

type Held = { readonly reading: ReadingDto; readonly source: IndexCountDto['source'] };

/** `null`: the place has no such series. */
function readingOf({ table, picture, localityCode }: Place, indicatorId: IndicatorId): Held | null {
  const index = table.indexOf(localityCode, indicatorId);
  return index === undefined ? null : { reading: toReadingDto(table, picture.columns, index), source: picture.originOf(index) };
}

function countState(reading: ReadingDto, atMs: number): IndexCountDto['state'] {
  if (reading.freshness === 'never' || reading.observedAtMs === null) return 'never';
  if (reading.membersFresh < reading.membersExpected * WITHHELD_BELOW_RATIO) return 'withheld';
  if (reading.value === null) return 'none';
  if (reading.freshness === 'dead') return 'dead';
  return monthOf(reading.observedAtMs) === monthOf(atMs) ? 'counted' : 'other-period';
}

function provenancesOf(counts: readonly IndexCountDto[]): Provenance[] {
  return [...new Set(counts.flatMap(({ state, reading }) => (state === 'counted' ? reading.provenance ?? [] : [])))];
}

/** A figure of the portal's is compared only with counts of the same month. */
function portalOf(place: Place, indicatorId: IndicatorId, sum: ScoreSum): PortalDto {
  const held = readingOf(place, indicatorId);
  if (held === null || held.reading.observedAtMs === null) return { state: 'not-published', reading: null, source: null, difference: null };
  const { value, observedAtMs } = held.reading;
  if (value === null) return { state: 'none', ...held, difference: null };
  if (monthOf(observedAtMs) !== monthOf(place.picture.atMs)) return { state: 'other-period', ...held, difference: null };
  return { state: 'published', ...held, difference: sum.score === null ? null : differenceFrom(value, sum) };
}

function describeComponent({ name, rule }: IndexComponent, score: ComponentScore, countById: ReadonlyMap<IndicatorId, IndexCountDto>): IndexComponentDto {
  if (rule === null) return { ...score, name, rule: null, counts: [] };
  const counts = countsOf(rule.formula).flatMap((id) => countById.get(id) ?? []);
  const symbols = writeFormula(rule.formula, (id) => countedValue(countById.get(id)));
  return { ...score, name, rule: { ...rule, symbols }, counts };
}

function countedValue(count: IndexCountDto | undefined): number | null {
  return count?.state === 'counted' ? count.reading.value : null;
}

/** [SI6] The index at one place and moment, each score with the readings that it was counted from. */
export function answerServiceIndex(rules: ServiceIndexRules, place: Place): Omit<ServiceIndexDto, 'channel' | 'edition' | 'epoch'> {
  const { picture: { atMs }, localityCode } = place;
  const ids = new Set(rules.groups.flatMap(({ components }) => components.flatMap(({ rule }) => (rule === null ? [] : countsOf(rule.formula)))));
  const countById = new Map([...ids].flatMap((id): [IndicatorId, IndexCountDto][] => {
    const held = readingOf(place, id);
    return held === null ? [] : [[id, { indicatorId: id, state: countState(held.reading, atMs), ...held }]];
  }));
  const scores = scoreIndex(rules, (id) => countedValue(countById.get(id)));
  const groups = rules.groups.map((group: IndexGroup, at): IndexGroupDto => {
    const { components, ...sum } = scores.groups[at] ?? { id: group.id, components: [], points: group.points, score: null, judgedPoints: 0, possible: { min: 0, max: group.points } };
    const described = group.components.flatMap((component, position) => {
      const score = components[position];
      return score === undefined ? [] : [describeComponent(component, score, countById)];
    });
    return {
      ...sum, name: group.name, standing: group.standing, sharing: group.sharing, portal: portalOf(place, group.portalIndicator, sum),
      provenances: provenancesOf(described.flatMap(({ counts }) => counts)), components: described,
    };
  });
  const { groups: _, ...total } = scores;
  return {
    localityCode, atMs, name: rules.name, standing: rules.standing, period: { ...monthBounds(atMs), standing: rules.periodStanding },
    ...total, portal: portalOf(place, rules.portalTotalIndicator, total), provenances: [...new Set(groups.flatMap(({ provenances }) => provenances))], groups,
  };
}
