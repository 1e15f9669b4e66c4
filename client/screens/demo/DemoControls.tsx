import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { usePlayback } from '../../store/mirrorHooks.tsx';
import { REPLAY } from '../../theme/tokens.ts';
import { milestoneDate } from './factText.ts';
import { DAY_MS, type Milestone, neighbourMilestone } from './milestones.ts';
import type { PlaybackControls } from './usePlaybackControls.ts';

interface DemoControlsProps {
  readonly controls: PlaybackControls;
  readonly milestones: readonly Milestone[];
  readonly nowMs: number;
  readonly isDisabled: boolean;
}

/** Play, pause, speed and milestones. What the channel cannot do is not offered. */
export function DemoControls({ controls, milestones, nowMs, isDisabled }: DemoControlsProps) {
  const { t } = useTranslation();
  const playback = usePlayback();
  const isPlaying = playback?.isPlaying ?? false;
  const next = neighbourMilestone(milestones, nowMs, 'next');
  const hasPrevious = neighbourMilestone(milestones, nowMs, 'previous') !== null;
  return (
    <div className="demo-controls">
      {controls.canPause && (
        <Button className="demo-play" isDisabled={isDisabled} onPress={controls.toggle}>
          {isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}{t(isPlaying ? 'demo.pause' : 'demo.play')}
        </Button>
      )}
      {controls.canSeek && (
        <>
          <Button isDisabled={isDisabled || !hasPrevious} aria-label={t('demo.previous')} onPress={() => controls.goTo('previous')}><SkipBack aria-hidden="true" /></Button>
          <Button isDisabled={isDisabled || next === null} onPress={() => controls.goTo('next')}>
            <SkipForward aria-hidden="true" />{next === null ? t('demo.noNext') : t('demo.next', { date: milestoneDate(next) })}
          </Button>
        </>
      )}
      {controls.canSetRate && (
        <fieldset className="demo-rates" aria-label={t('demo.rates')}>
          {REPLAY.speedsDaysPerSec.map((rate) => (
            <Button key={rate} isDisabled={isDisabled} aria-pressed={Math.round(((playback?.rate ?? 0) * 1_000) / DAY_MS) === rate} onPress={() => controls.setRate(rate)}>
              <span className="num">{rate}</span>
            </Button>
          ))}
          <span>{t('demo.daysPerSecond')}</span>
        </fieldset>
      )}
      <p className="demo-silent">{t('demo.silent')}</p>
    </div>
  );
}
