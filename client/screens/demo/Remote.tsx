import './remote.css';
import { BookmarkCheck, History, Minus, Pause, Play, Plus, Repeat, SkipBack, SkipForward } from 'lucide-react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { formatDate } from '../../i18n/format.ts';
import { LinkLostBanner } from '../../panels/LinkLostBanner.tsx';
import { useLink, usePlayback } from '../../store/mirrorHooks.tsx';
import { useScreenTheme } from '../useScreenTheme.ts';
import { milestoneDate } from './factText.ts';
import { useMilestoneTitle } from './MilestoneCard.tsx';
import { neighbourMilestone } from './milestones.ts';
import { daysPerSec, rateStep } from './playbackRates.ts';
import { PlayState } from './ReplayStage.tsx';
import { useReplay } from './useReplay.ts';

/** CSS px: a phone in the hand. */
const TEXT_PX = 17;

/** `/demo?remote`: big buttons in the presenter's hand. They move the one playhead, so every screen with the replay follows. */
export function Remote() {
  const { t } = useTranslation();
  useScreenTheme('paper', useLink().state === 'lost', TEXT_PX);
  const { milestones, dayMs, nowMs, index, controls, isLinkLost } = useReplay();
  const playback = usePlayback();
  const isPlaying = playback?.isPlaying === true;
  const rate = daysPerSec(playback?.rate ?? 0);
  const milestone = milestones[index];
  const title = useMilestoneTitle(milestone?.id ?? '');
  const next = neighbourMilestone(milestones, nowMs, 'next');
  const hasPrevious = neighbourMilestone(milestones, nowMs, 'previous') !== null;
  return (
    <main className="remote">
      <header className="remote-banner">
        <h1><History aria-hidden="true" />{t('demo.banner')}</h1>
        <strong>{t('demo.notLive')}</strong>
      </header>
      <LinkLostBanner />
      <div className="remote-place">
        <p>{t('demo.date')}</p>
        <p className="remote-day num">{dayMs === null ? '—' : formatDate(dayMs)}</p>
        <PlayState />
        <p className="remote-milestone">{milestone === undefined ? t('demo.noMilestone') : t('demo.milestone', { number: index + 1, count: milestones.length, date: milestoneDate(milestone) })}</p>
        {title !== null && <p className="remote-title">{title}</p>}
      </div>
      <div className="remote-buttons">
        <Button className="remote-play" isDisabled={isLinkLost || !controls.can('pause')} onPress={controls.toggle}>
          {isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}{t(isPlaying ? 'demo.pause' : 'demo.play')}
        </Button>
        <Button isDisabled={isLinkLost || !controls.can('seek') || !hasPrevious} onPress={() => controls.goTo('previous')}><SkipBack aria-hidden="true" />{t('demo.previous')}</Button>
        <Button isDisabled={isLinkLost || !controls.can('seek') || next === null} onPress={() => controls.goTo('next')}>
          <SkipForward aria-hidden="true" />{next === null ? t('demo.noNext') : t('demo.next', { date: milestoneDate(next) })}
        </Button>
        <fieldset className="remote-rates" aria-label={t('demo.rates')}>
          <Button isDisabled={isLinkLost || !controls.can('rate') || rateStep(rate, 'slower') === null} aria-label={t('demo.slower')} onPress={() => controls.stepRate('slower')}><Minus aria-hidden="true" /></Button>
          <span><b className="num">{rate}</b> {t('demo.daysPerSecond')}</span>
          <Button isDisabled={isLinkLost || !controls.can('rate') || rateStep(rate, 'faster') === null} aria-label={t('demo.faster')} onPress={() => controls.stepRate('faster')}><Plus aria-hidden="true" /></Button>
        </fieldset>
        <Button isDisabled={isLinkLost || !controls.can('chapters')} aria-pressed={playback?.isChaptered === true} onPress={controls.toggleChapters}><BookmarkCheck aria-hidden="true" />{t('demo.chapters')}</Button>
        <Button isDisabled={isLinkLost || !controls.can('loop')} aria-pressed={playback?.isLooping === true} onPress={controls.toggleLoop}><Repeat aria-hidden="true" />{t('demo.loop')}</Button>
      </div>
      <p className="remote-note">{t('demo.remoteNote')}</p>
    </main>
  );
}
