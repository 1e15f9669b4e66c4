import type { Indicator } from '../../../shared/domain/indicator.ts';

/** The three domains of a province, in the order of the switch. */
export const DOMAINS = ['connectivity', 'security', 'dossiers'] as const;
export type ProvinceDomain = (typeof DOMAINS)[number];

interface DomainView {
  /** Indicators of the six cards; one that does not exist at the unit shown is left out. */
  readonly provinceCards: readonly string[];
  /** The same for a district or commune. Empty: the domain has no figures below the province. */
  readonly localCards: readonly string[];
  /** What the map is coloured by and the list is about until a card is chosen; `null`: nothing below the province. */
  readonly mapIndicatorId: string | null;
}

export const DOMAIN_VIEWS: Readonly<Record<ProvinceDomain, DomainView>> = {
  connectivity: {
    provinceCards: ['tslcd-share', 'tslcd-latency', 'tslcd-loss', 'meeting-room-share', 'ndxp-transactions', 'documents-electronic-share'],
    localCards: ['tslcd-link-state', 'tslcd-latency', 'tslcd-loss', 'meeting-room-share', 'meeting-rooms', 'meeting-units'],
    mapIndicatorId: 'tslcd-link-state',
  },
  security: {
    provinceCards: ['alerts-open', 'alerts-critical', 'alerts-day', 'alerts-ack-minutes', 'four-layer-layers', 'soc-state'],
    localCards: [],
    mapIndicatorId: null,
  },
  dossiers: {
    provinceCards: ['dossiers-on-time-share', 'dossiers-overdue', 'services-level4-share', 'dossiers-online-share', 'dossiers-waiting', 'one-stop-share'],
    localCards: ['dossiers-on-time-share', 'dossiers-overdue', 'dossiers-received', 'dossiers-resolved', 'dossiers-waiting', 'one-stop-state'],
    mapIndicatorId: 'dossiers-on-time-share',
  },
};

/** Alerts by severity, for the list of the domain that has no districts. */
export const ALERT_INDICATOR_BY_SEVERITY = {
  critical: 'alerts-critical', high: 'alerts-high', medium: 'alerts-medium', low: 'alerts-low', unknown: 'alerts-unknown',
} as const;

export function isProvinceDomain(text: string | null): text is ProvinceDomain {
  return DOMAINS.some((domain) => domain === text);
}

/** What the districts are coloured and listed by: the chosen indicator where districts have it, else the domain's own. */
export function mapIndicatorOf(domain: ProvinceDomain, chosen: Indicator | undefined, indicator: (id: string) => Indicator | undefined): Indicator | undefined {
  if (chosen?.levels.includes('local')) return chosen;
  // The share of districts and the state of each are two views of one thing.
  const own = DOMAIN_VIEWS[domain].mapIndicatorId;
  return own === null ? undefined : indicator(own);
}
