import { z } from 'zod';
import { type ChannelId, EditionId } from '../../../shared/domain/ids.ts';
import { IndicatorList } from '../../../shared/domain/indicator.ts';
import { LocalityList, toLevel } from '../../../shared/domain/locality.ts';
import { Source } from '../../../shared/domain/source.ts';
import { EditionsDto } from '../../../shared/protocol/answers.ts';
import { CatalogueDto } from '../../../shared/protocol/catalogue.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { ProblemError } from '../problem.ts';
import { channelField, findChannel } from '../query.ts';
import { answers, defineRoute, type FixedBody, type Reply, type Route, toFixedBody } from '../route.ts';

function fixed(value: unknown): () => Reply {
  const body = toFixedBody(value);
  return () => ({ kind: 'fixed', body });
}

export function editionsRoute({ editions, crosswalk }: Pick<HttpDependencies, 'editions' | 'crosswalk'>): Route {
  const countAt = (list: LocalityList, level: 'province' | 'local') => list.localities.filter((locality) => toLevel(locality) === level).length;
  const answer: EditionsDto = {
    editions: editions.map((list) => ({ edition: list.edition, asOf: list.asOf, provinces: countAt(list, 'province'), locals: countAt(list, 'local') })),
    crosswalk,
  };
  return defineRoute({
    path: '/api/v1/editions', query: z.strictObject({}),
    summary: { vi: 'Các bộ đơn vị hành chính và bảng chuyển đổi', en: 'Sets of administrative units and the crosswalk between them' },
    answer: answers('Editions', EditionsDto, {
      editions: [{ edition: '2021', asOf: '2021-01-01', provinces: 63, locals: 705 }, { edition: '2025', asOf: '2025-07-01', provinces: 34, locals: 3_321 }],
      crosswalk: { provinces: [{ from: '10', to: '15' }, { from: '15', to: '15' }], composition: [{ code: '15', name: 'Lào Cai', from: ['10', '15'] }] },
    }),
    handle: fixed(answer),
  });
}

const NATION_EXAMPLE = { code: 'VN', name: 'Việt Nam', fullName: 'Việt Nam', level: 'nation', kind: 'quốc gia', parent: null, lngLat: [105.85, 21.03], geometry: 'none' };

/** One question for what a page needs before it can read a frame. */
export function catalogueRoute({ channels, indicators }: Pick<HttpDependencies, 'channels' | 'indicators'>): Route {
  const bodies = new Map<ChannelId, FixedBody>();
  return defineRoute({
    path: '/api/v1/catalogue', query: z.strictObject({ channel: channelField }),
    summary: { vi: 'Đơn vị hành chính và chỉ số của một kênh, theo thứ tự của khung dữ liệu', en: 'Localities and indicators of a channel, in the order that frames count by' },
    answer: answers('Catalogue', CatalogueDto, { edition: '2021', localities: [NATION_EXAMPLE], indicators: indicators.slice(0, 1) }),
    problems: ['not-found'],
    handle({ channel: id }) {
      const { edition, table } = findChannel(channels, id);
      // Made when first asked for: of most recordings nobody asks.
      const body = bodies.get(id) ?? toFixedBody({ edition, localities: table.localities, indicators: table.indicators });
      bodies.set(id, body);
      return { kind: 'fixed', body };
    },
  });
}

export function localitiesRoute({ editions }: Pick<HttpDependencies, 'editions'>): Route {
  const repliesByEdition = new Map(editions.map((list) => [list.edition, fixed(list)]));
  return defineRoute({
    path: '/api/v1/localities',
    query: z.strictObject({ edition: EditionId.describe('Which set of units.').meta({ examples: ['2021'] }) }),
    summary: { vi: 'Các đơn vị hành chính theo thứ tự của khung dữ liệu', en: 'Localities, in the order that frames count by' },
    answer: answers('LocalityList', LocalityList, {
      edition: '2021', asOf: '2021-01-01',
      localities: [NATION_EXAMPLE],
    }),
    problems: ['not-found'],
    handle({ edition }) {
      const reply = repliesByEdition.get(edition);
      if (reply === undefined) throw new ProblemError('not-found', `This server has no edition ${edition}.`);
      return reply();
    },
  });
}

export function indicatorsRoute({ indicators }: Pick<HttpDependencies, 'indicators'>): Route {
  return defineRoute({
    path: '/api/v1/indicators', query: z.strictObject({}),
    summary: { vi: 'Danh mục chỉ số theo thứ tự của khung dữ liệu', en: 'Indicators, in the order that frames count by' },
    answer: answers('IndicatorList', IndicatorList, indicators.slice(0, 1)),
    handle: fixed(indicators),
  });
}

export function sourcesRoute({ sources }: Pick<HttpDependencies, 'sources'>): Route {
  return defineRoute({
    path: '/api/v1/sources', query: z.strictObject({}),
    summary: { vi: 'Các nguồn số liệu', en: 'Sources of readings' },
    answer: answers('SourceList', z.array(Source), [{
      id: 'laocai-tslcd', name: { vi: 'TSLCD tỉnh Lào Cai', en: 'Lào Cai dedicated network' }, entryMethod: 'push', locality: '10', expectEveryMs: 60_000,
    }]),
    handle: fixed(sources),
  });
}
