import { useTranslation } from 'react-i18next';
import { ExplainDto, FeedsDto } from '../../../shared/protocol/answers.ts';
import type { SourceHealth } from '../../../shared/protocol/socket.ts';
import { FreshnessMark } from '../../panels/FreshnessMark.tsx';
import { useAnswer } from '../answers.tsx';
import { ChannelList } from './channelList.ts';

const EVERY_MS = 10_000;
/** A national figure with many inputs: where one of them is simulated, it says so. */
const PROBE_PATH = '/api/v1/explain?channel=live&locality=VN&indicator=tslcd-share&depth=0';

function totalOf({ fresh, late, stale, dead, never }: SourceHealth): number {
  return fresh + late + stale + dead + never;
}

/** One quiet line: live, simulated or an exercise, and how many sources speak. */
export function ChannelStatus() {
  const { t } = useTranslation();
  const feeds = useAnswer(FeedsDto, '/api/v1/feeds?channel=live', { everyMs: EVERY_MS });
  const channels = useAnswer(ChannelList, '/api/v1/channels', { everyMs: EVERY_MS });
  const probe = useAnswer(ExplainDto, PROBE_PATH, { everyMs: EVERY_MS });
  if (feeds.isError) return <p className="home-status"><FreshnessMark freshness="dead" />{t('home.noServer')}</p>;
  if (feeds.data === undefined) return <p className="home-status">{t('home.asking')}</p>;
  const { health } = feeds.data;
  const total = totalOf(health);
  const provenance = probe.data?.reading.provenance;
  const exercise = channels.data?.find(({ channel }) => channel === 'live')?.playback.exercise ?? null;
  const mode = exercise !== null ? 'exercise' : provenance === 'simulated' || provenance === 'illustrative' ? 'simulation' : provenance == null ? 'unknown' : 'live';
  return (
    <p className="home-status">
      <FreshnessMark freshness={health.fresh === total ? 'fresh' : health.fresh > 0 ? 'late' : 'dead'} />
      <span data-mode={mode}><b>{t(`mode.${mode}`)}</b>{` · ${t('sources.fresh', { fresh: health.fresh, total })}`}</span>
    </p>
  );
}
