import { History, Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import { usePlayback } from '../../store/mirrorHooks.tsx';
import { daysPerSec } from './playbackRates.ts';

/** "Đang phát · 30 ngày/giây", "Dừng ở mốc" or "Tạm dừng". */
export function PlayState() {
  const { t } = useTranslation();
  const playback = usePlayback();
  if (playback === null) return null;
  const { isPlaying, restLeftMs, rate } = playback;
  return (
    <p className="demo-playState" role="status">
      {isPlaying && restLeftMs === 0 ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
      {!isPlaying ? t('demo.paused') : restLeftMs > 0 ? t('demo.resting') : t('demo.playing', { rate: daysPerSec(rate) })}
    </p>
  );
}

/**
 * What says that this is not live: frame, banner, chip and watermarks. Drawn outside the scene, so no scene can hide or crop them.
 */
export function ReplayStage({ isStacked, isIllustrated, children }: { readonly isStacked: boolean; readonly isIllustrated: boolean; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="demo-stage" data-stacked={isStacked}>
      <header className="demo-banner">
        <History aria-hidden="true" />
        <h1>{t('demo.banner')}</h1>
        <strong className="demo-notLive">{t('demo.notLive')}</strong>
        {isIllustrated && <strong className="demo-notLive demo-hasMade">{t('demo.illustrative.chip')}</strong>}
        <PlayState />
      </header>
      <LinkLostBanner />
      <div className="demo-content">{children}</div>
      <div className="demo-watermarks" aria-hidden="true"><span>{t('mode.replay')}</span><span>{t('mode.replay')}</span></div>
      <div className="demo-frame" aria-hidden="true" />
    </div>
  );
}
