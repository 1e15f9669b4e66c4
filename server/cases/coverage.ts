import type { LocalityCode } from '../../shared/domain/ids.ts';
import type { Locality } from '../../shared/domain/locality.ts';
import type { FeedFormat, FeedSettings } from '../ports/feedSettings.ts';

const ALERT_FORMATS: ReadonlySet<FeedFormat> = new Set<FeedFormat>(['alertmanager', 'suricata', 'wazuh', 'ocsf', 'cef', 'zabbix', 'uptime-kuma']);

/** Its alerts come by the sender's identity, not as counts. */
export const isAlertFeed = ({ format }: Pick<FeedSettings, 'format'>): boolean => ALERT_FORMATS.has(format);

type Scope = Pick<FeedSettings, 'localities'>;

/** Whether "no open alerts" may be said where this feed hears of none: a monitor of links says nothing about attacks. */
export function isSecurityFeed({ format, domain, indicators }: FeedSettings): boolean {
  return isAlertFeed({ format }) && domain === 'security' && (indicators?.some((id) => id.startsWith('alerts-')) ?? true);
}

/** Where feeds may speak of, in the units of one edition. */
export interface Coverage {
  /** The place is one of the feed's, or lies in one. */
  includes(feed: Scope, code: LocalityCode): boolean;
  /** The feed speaks of the place, or of a part of it. */
  touches(feed: Scope, code: LocalityCode): boolean;
  /** `null`: the nation, or no place of this edition. */
  provinceOf(code: LocalityCode): LocalityCode | null;
  readonly provinces: readonly LocalityCode[];
}

export function createCoverage(localities: readonly Locality[]): Coverage {
  const parents = new Map(localities.map(({ code, parent }) => [code, parent]));
  const provinces = localities.filter(({ level }) => level === 'province').map(({ code }) => code);
  const isProvince = new Set(provinces);
  /** The place and all that it lies in, from the inside out. */
  const upFrom = (code: LocalityCode): LocalityCode[] => {
    const found: LocalityCode[] = [];
    for (let at: LocalityCode | null | undefined = code; at !== null && at !== undefined && parents.has(at); at = parents.get(at)) found.push(at);
    return found;
  };
  const provinceByCode = new Map(localities.flatMap(({ code }) => upFrom(code).filter((at) => isProvince.has(at)).map((at) => [code, at] as const)));
  const includes = (feed: Scope, code: LocalityCode) => upFrom(code).some((at) => feed.localities.includes(at));
  return {
    includes,
    touches: (feed, code) => includes(feed, code) || feed.localities.some((own) => upFrom(own).includes(code)),
    // Asked for every case at every tick.
    provinceOf: (code) => provinceByCode.get(code) ?? null,
    provinces,
  };
}
