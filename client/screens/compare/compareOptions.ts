import type { PeerKind } from '../../../shared/domain/peers.ts';
import { DOMAIN_VIEWS, isProvinceDomain, type ProvinceDomain } from '../province/domainViews.ts';

export const MOST_PLACES = 4;

export const VIEWS = ['places', 'league', 'charts'] as const;
type CompareView = (typeof VIEWS)[number];

/** `nation`: the country beside the places. */
export const PEER_CHOICES = ['none', 'region', 'size', 'nation'] as const;
type PeerChoice = PeerKind | 'nation' | 'none';

/** How long ago the ranks were that these are compared with, and what the small charts show. */
export const PERIODS_HOURS = [1, 24, 168, 720] as const;
type PeriodHours = (typeof PERIODS_HOURS)[number];

export const CHART_ORDERS = ['rank', 'region'] as const;
type ChartOrder = (typeof CHART_ORDERS)[number];

/** All that the address of the page says, apart from time and language. */
export interface CompareOptions {
  /** Codes of provinces, the first being the one that the others are measured by; at most four, each once. */
  readonly places: readonly string[];
  readonly peers: PeerChoice;
  readonly domain: ProvinceDomain;
  /** What is ranked and charted; the domain's own until another is chosen. */
  readonly indicatorId: string;
  readonly view: CompareView;
  readonly hours: PeriodHours;
  readonly order: ChartOrder;
}

function oneOf<T extends string>(known: readonly T[], text: string | null, fallback: T): T {
  return known.find((candidate) => candidate === text) ?? fallback;
}

function ownIndicatorOf(domain: ProvinceDomain): string {
  return DOMAIN_VIEWS[domain].provinceCards[0] ?? '';
}

/** [CP4] What the address says wrongly is left out. Whether a code or an indicator exists is for the page to say. */
export function readCompareOptions(search: URLSearchParams): CompareOptions {
  const asked = search.get('domain');
  const domain = isProvinceDomain(asked) ? asked : 'dossiers';
  const places = [...new Set((search.get('places') ?? '').split(',').filter((code) => /^\d{2}$/.test(code)))].slice(0, MOST_PLACES);
  const indicatorId = search.get('indicator') ?? '';
  return {
    places, domain,
    peers: oneOf<PeerChoice>(PEER_CHOICES, search.get('peers'), 'none'),
    indicatorId: /^[a-z0-9-]{1,64}$/.test(indicatorId) ? indicatorId : ownIndicatorOf(domain),
    view: oneOf<CompareView>(VIEWS, search.get('view'), 'places'),
    hours: PERIODS_HOURS.find((hours) => String(hours) === search.get('hours')) ?? 168,
    order: oneOf<ChartOrder>(CHART_ORDERS, search.get('order'), 'rank'),
  };
}

/** The address of these options; what is as it would be anyway is not said, and what is not ours stays as it was. */
export function writeCompareOptions(search: URLSearchParams, options: CompareOptions): URLSearchParams {
  const { places, peers, domain, indicatorId, view, hours, order } = options;
  const next = new URLSearchParams(search);
  const say = (name: string, value: string, fallback: string) => (value === fallback ? next.delete(name) : next.set(name, value));
  say('places', places.join(','), '');
  say('peers', peers, 'none');
  say('domain', domain, 'dossiers');
  say('indicator', indicatorId, ownIndicatorOf(domain));
  say('view', view, 'places');
  say('hours', String(hours), '168');
  say('order', order, 'rank');
  return next;
}

/** Another domain has other indicators; its own is chosen. */
export function inDomain(options: CompareOptions, domain: ProvinceDomain): CompareOptions {
  return { ...options, domain, indicatorId: ownIndicatorOf(domain) };
}
