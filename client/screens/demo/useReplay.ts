import { useMemo } from 'react';
import { z } from 'zod';
import { Fact } from '../../../shared/domain/fact.ts';
import { groupMilestones, type Milestone } from '../../../shared/domain/milestones.ts';
import { useLink } from '../../store/mirrorHooks.tsx';
import { useAnswer } from '../answers.tsx';
import { milestoneIndexAt } from './milestones.ts';
import { useDataDay } from './useDataDay.ts';
import { type PlaybackControls, usePlaybackControls, usePlaybackKeys } from './usePlaybackControls.ts';

const FactList = z.array(Fact);
const NO_FACTS: readonly Fact[] = [];

interface Replay {
  readonly facts: readonly Fact[];
  /** The press reports could not be read from the server. */
  readonly isWithoutFacts: boolean;
  readonly milestones: readonly Milestone[];
  /** Start of the day in the data; `null` before the first message. */
  readonly dayMs: number | null;
  /** The same as a time before everything while there is none. */
  readonly nowMs: number;
  /** Position of the latest milestone; -1 before the first. */
  readonly index: number;
  readonly controls: PlaybackControls;
  readonly isLinkLost: boolean;
}

/** Where the replay is, what has been reported, and what moves it: for the stage and the presenter's remote alike. */
export function useReplay(): Replay {
  const isLinkLost = useLink().state === 'lost';
  const dayMs = useDataDay();
  const answer = useAnswer(FactList, '/api/v1/facts');
  const facts = answer.data ?? NO_FACTS;
  const milestones = useMemo(() => groupMilestones(facts), [facts]);
  const nowMs = dayMs ?? Number.NEGATIVE_INFINITY;
  const controls = usePlaybackControls(milestones, nowMs);
  usePlaybackKeys(controls);
  return { facts, isWithoutFacts: answer.isError, milestones, dayMs, nowMs, index: milestoneIndexAt(milestones, nowMs), controls, isLinkLost };
}
