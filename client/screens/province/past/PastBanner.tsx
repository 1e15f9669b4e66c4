import './past.css';
import { ChevronLeft, ChevronRight, History } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button, Group } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatAge, formatClock, formatDate, formatWeekday } from '../../../i18n/format.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { wallModeOf } from '../../../panels/wallMode.ts';
import { useMirrorStore, useVersion } from '../../../store/mirrorHooks.tsx';
import { useTravel } from './asOf.tsx';
import { type Travel, useTravelState } from './PastChannel.tsx';
import { STEPS, stepFrom } from './steps.ts';

const MomentPicker = lazy(async () => ({ default: (await import('./MomentPicker.tsx')).MomentPicker }));

/** Stands over a page that shows the past: which moment, how long ago, and the ways on and back. Nothing in the present. */
export function PastBanner() {
  const travel = useTravelState();
  return travel === null ? null : <Banner travel={travel} />;
}

function Banner({ travel }: { readonly travel: Travel }) {
  const { t, i18n } = useTranslation();
  const go = useTravel();
  const { atMs, liveNowMs, past } = travel;
  const span = { beginsAtMs: past?.beginsAtMs ?? null, nowMs: Math.max(liveNowMs, past?.nowMs ?? 0) };
  return (
    <section className="past-banner" aria-label={t('past.mode')} data-state={travel.state}>
      <div className="past-head">
        <History className="past-icon" aria-hidden="true" strokeWidth={2} />
        <div className="past-what">
          <strong>{t('past.mode')}<MadeUp /></strong>
          <time className="num" dateTime={new Date(atMs).toISOString()}>{`${formatClock(atMs)} · ${formatWeekday(atMs, currentLanguage(i18n))}, ${formatDate(atMs)}`}</time>
          {liveNowMs > atMs && <span className="past-ago">{t('age.ago', { age: formatAge(liveNowMs - atMs, t) })}</span>}
        </div>
        <Button className="past-button past-now" onPress={() => go(null)}>{t('past.toNow')}</Button>
      </div>
      <div className="past-more">
        <Group className="past-steps" aria-label={t('past.steps')}>
          {STEPS.map(({ name, ms }) => <Button key={name} className="past-button" aria-label={t(`past.back.${name}`)} isDisabled={span.beginsAtMs !== null && atMs <= span.beginsAtMs} onPress={() => go(stepFrom(atMs, -ms, span))}><ChevronLeft aria-hidden="true" />{t(`past.unit.${name}`)}</Button>)}
          {STEPS.toReversed().map(({ name, ms }) => <Button key={name} className="past-button" aria-label={t(`past.forward.${name}`)} onPress={() => go(stepFrom(atMs, ms, span))}>{t(`past.unit.${name}`)}<ChevronRight aria-hidden="true" /></Button>)}
        </Group>
        <Suspense fallback={null}><MomentPicker label={t('past.another')} atMs={atMs} minMs={span.beginsAtMs} maxMs={Math.max(atMs, span.nowMs)} onPick={go} /></Suspense>
        <p className="past-note" role="status"><Note travel={travel} /></p>
      </div>
    </section>
  );
}

/** A made-up past is as made up as a made-up present. */
function MadeUp() {
  const { t } = useTranslation();
  const store = useMirrorStore();
  useVersion();
  return wallModeOf(store.columns.status, null) === 'simulation' ? <em>{t('mode.simulation')}</em> : null;
}

function Note({ travel: { state, past, atMs, liveNowMs } }: { readonly travel: Travel }) {
  const { t } = useTranslation();
  const at = (ms: number) => `${formatClock(ms)} ${formatDate(ms)}`;
  if (state === 'asking') return t('past.asking');
  if (state === 'failed') return t('past.failed');
  if (state === 'outside') {
    if (past?.beginsAtMs == null) return t('past.nothing');
    return atMs < past.beginsAtMs ? t('past.before', { time: at(past.beginsAtMs) }) : t('past.future', { time: at(liveNowMs) });
  }
  return `${t(`past.resolution.${past?.resolution ?? 'raw'}`)} ${past?.alarms == null ? t('past.alarmsUnknown') : t('past.alarms')}`;
}
