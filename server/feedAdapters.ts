import type { EditionId } from '../shared/domain/ids.ts';
import type { Indicator } from '../shared/domain/indicator.ts';
import type { Locality } from '../shared/domain/locality.ts';
import type { FeedAdapter, ObservationFeed } from './ports/feed.ts';
import { createAlertmanagerFeed } from './sources/alertmanager/decode.ts';
import { createCefFeed } from './sources/cef/decode.ts';
import { createCloudEventsFeed } from './sources/cloudevents/decode.ts';
import { createDossiersFeed } from './sources/dossiers/decode.ts';
import { createFiguresAdapter } from './sources/figures/decode.ts';
import { createOcsfFeed } from './sources/ocsf/decode.ts';
import { createPlacer } from './sources/placement.ts';
import { createSuricataFeed } from './sources/suricata/decode.ts';
import { createUptimeKumaFeed } from './sources/uptimeKuma/decode.ts';
import { createWazuhFeed } from './sources/wazuh/decode.ts';
import { createZabbixFeed } from './sources/zabbix/decode.ts';

export interface FeedAdapterSurroundings {
  /** Of the edition the live channel shows. */
  readonly edition: EditionId;
  readonly localities: readonly Locality[];
  readonly indicators: readonly Indicator[];
}

/** Every format a feed may speak. */
export function createFeedAdapters({ edition, localities, indicators }: FeedAdapterSurroundings): readonly FeedAdapter[] {
  const placer = createPlacer(localities);
  return [
    asFeed(createCloudEventsFeed(indicators)),
    createAlertmanagerFeed(placer), createZabbixFeed(placer), createUptimeKumaFeed(placer),
    createSuricataFeed(placer), createWazuhFeed(placer), createOcsfFeed(placer), createCefFeed(placer),
    createDossiersFeed({ placer, edition }), createFiguresAdapter(localities, indicators),
  ];
}

/** Observations of a configured feed: what the sender calls its source does not count, the feed does. */
function asFeed({ accepts, decode }: ObservationFeed): FeedAdapter {
  return {
    format: 'cloudevents', accepts,
    decode(request, { id: sourceId }) {
      const { isBatch, items } = decode(request);
      return { isBatch, items: items.map((item) => (item.kind === 'candidate' ? { ...item, candidate: { ...Object(item.candidate), sourceId } } : item)) };
    },
  };
}
