import { BookmarkCheck, ChevronDown, ChevronUp, Layers, Pause, Play, Repeat, SkipBack, SkipForward } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Milestone } from '../../../shared/domain/milestones.ts';
import { usePlayback } from '../../store/mirrorHooks.tsx';
import { REPLAY } from '../../theme/tokens.ts';
import { milestoneDate } from './factText.ts';
import { neighbourMilestone } from './milestones.ts';
import { daysPerSec, rateStep } from './playbackRates.ts';
import type { Illustration } from './useIllustration.ts';
import type { PlaybackControls } from './usePlaybackControls.ts';

interface DemoControlsProps {
  readonly controls: PlaybackControls;
  readonly illustration: Illustration;
  readonly milestones: readonly Milestone[];
  readonly nowMs: number;
  readonly isDisabled: boolean;
}

function Rates({ controls, isDisabled }: Pick<DemoControlsProps, 'controls' | 'isDisabled'>) {
  const { t } = useTranslation();
  const current = daysPerSec(usePlayback()?.rate ?? 0);
  return (
    <fieldset className="demo-rates" aria-label={t('demo.rates')}>
      <Button isDisabled={isDisabled || rateStep(current, 'slower') === null} aria-label={t('demo.slower')} onPress={() => controls.stepRate('slower')}><ChevronDown aria-hidden="true" /></Button>
      {REPLAY.speedsDaysPerSec.map((rate) => (
        <Button key={rate} isDisabled={isDisabled} aria-pressed={current === rate} onPress={() => controls.setRate(rate)}><span className="num">{rate}</span></Button>
      ))}
      <Button isDisabled={isDisabled || rateStep(current, 'faster') === null} aria-label={t('demo.faster')} onPress={() => controls.stepRate('faster')}><ChevronUp aria-hidden="true" /></Button>
      <span>{t('demo.daysPerSecond')}</span>
    </fieldset>
  );
}

/** Chapters and the loop: on or off for every screen that shows the replay. */
function Modes({ controls, isDisabled }: Pick<DemoControlsProps, 'controls' | 'isDisabled'>) {
  const { t } = useTranslation();
  const playback = usePlayback();
  return (
    <>
      {controls.can('chapters') && (
        <Button className="demo-mode" isDisabled={isDisabled} aria-pressed={playback?.isChaptered === true} onPress={controls.toggleChapters}>
          <BookmarkCheck aria-hidden="true" />{t('demo.chapters')}
        </Button>
      )}
      {controls.can('loop') && (
        <Button className="demo-mode" isDisabled={isDisabled} aria-pressed={playback?.isLooping === true} onPress={controls.toggleLoop}>
          <Repeat aria-hidden="true" />{t('demo.loop')}
        </Button>
      )}
    </>
  );
}

/** Play, pause, milestones, speed, chapters, loop, and this screen's illustrative layer. What the channel cannot do is not offered. */
export function DemoControls({ controls, illustration, milestones, nowMs, isDisabled }: DemoControlsProps) {
  const { t } = useTranslation();
  const isPlaying = usePlayback()?.isPlaying ?? false;
  const next = neighbourMilestone(milestones, nowMs, 'next');
  const hasPrevious = neighbourMilestone(milestones, nowMs, 'previous') !== null;
  return (
    <div className="demo-controls">
      {controls.can('pause') && (
        <Button className="demo-play" isDisabled={isDisabled} onPress={controls.toggle}>
          {isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}{t(isPlaying ? 'demo.pause' : 'demo.play')}
        </Button>
      )}
      {controls.can('seek') && (
        <>
          <Button isDisabled={isDisabled || !hasPrevious} aria-label={t('demo.previous')} onPress={() => controls.goTo('previous')}><SkipBack aria-hidden="true" /></Button>
          <Button className="demo-next" isDisabled={isDisabled || next === null} onPress={() => controls.goTo('next')}>
            <SkipForward aria-hidden="true" />{next === null ? t('demo.noNext') : t('demo.next', { date: milestoneDate(next) })}
          </Button>
        </>
      )}
      {controls.can('rate') && <Rates controls={controls} isDisabled={isDisabled} />}
      <Modes controls={controls} isDisabled={isDisabled} />
      <Button className="demo-mode" aria-label={t('demo.illustrative.toggle')} aria-pressed={illustration.isOn} onPress={illustration.toggle}><Layers aria-hidden="true" /></Button>
      <p className="demo-silent">{t('demo.silent')}</p>
    </div>
  );
}
