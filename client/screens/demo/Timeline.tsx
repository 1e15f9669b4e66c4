import { type PointerEvent, useState } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { DAY_MS, startOfDayMs } from '../../../shared/domain/instant.ts';
import type { Milestone } from '../../../shared/domain/milestones.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { formatDate } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { milestoneDate, milestoneHighlight } from './factText.ts';
import { milestoneIndexAt } from './milestones.ts';

interface TimelineProps {
  readonly startMs: number;
  readonly endMs: number;
  readonly nowMs: number;
  readonly milestones: readonly Milestone[];
  readonly currentIndex: number;
  readonly isDisabled: boolean;
  readonly onSeek: (toMs: number) => void;
}

/** Labels near an end of the line lean inwards. */
function leanOf(ratio: number): 'start' | 'middle' | 'end' {
  if (ratio < 0.12) return 'start';
  return ratio > 0.88 ? 'end' : 'middle';
}

function yearsBetween(startMs: number, endMs: number): number[] {
  const first = Number(formatDate(startMs).split('/').at(-1));
  const last = Number(formatDate(endMs).split('/').at(-1));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((year) => startOfDayMs(`${year}-01-01`) >= startMs);
}

/** What a seek to that day would show: the day, and the latest milestone by then with what was said there. */
function Preview({ atMs, milestones, ratio, isInThumb }: { readonly atMs: number; readonly milestones: readonly Milestone[]; readonly ratio: number; readonly isInThumb: boolean }) {
  const { t, i18n } = useTranslation();
  const { indicator } = useCatalogue();
  const milestone = milestones[milestoneIndexAt(milestones, atMs)];
  return (
    <div className="demo-preview" data-lean={leanOf(ratio)} style={{ left: isInThumb ? '50%' : `${ratio * 100}%` }}>
      <b className="num">{formatDate(atMs)}</b>
      <span>{milestone === undefined ? t('demo.noMilestone') : t('demo.lastMilestone', { date: milestoneDate(milestone), figures: milestoneHighlight(milestone, indicator, currentLanguage(i18n)) })}</span>
    </div>
  );
}

/** The day under the pointer, while it hovers. A finger does not hover: it drags, and the thumb's day is shown then. */
function useHoveredDay(startMs: number, endMs: number) {
  const [hoveredMs, setHoveredMs] = useState<number | null>(null);
  const follow = ({ pointerType, clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    if (pointerType === 'touch') return;
    const { left, width } = currentTarget.getBoundingClientRect();
    const ratio = Math.min(1, Math.max(0, (clientX - left) / width));
    setHoveredMs(startMs + Math.round((ratio * (endMs - startMs)) / DAY_MS) * DAY_MS);
  };
  return { hoveredMs, hovering: { onPointerMove: follow, onPointerLeave: () => setHoveredMs(null) } };
}

/** The years of the replay with their milestones; dragging or the arrow keys seek. A milestone without a day is a dashed span, not a point. */
export function Timeline({ startMs, endMs, nowMs, milestones, currentIndex, isDisabled, onSeek }: TimelineProps) {
  const { t, i18n } = useTranslation();
  const { indicator } = useCatalogue();
  const language = currentLanguage(i18n);
  const [draggedMs, setDraggedMs] = useState<number | null>(null);
  const { hoveredMs, hovering } = useHoveredDay(startMs, endMs);
  const ratio = (atMs: number) => Math.min(1, Math.max(0, (atMs - startMs) / (endMs - startMs)));
  const percent = (atMs: number) => `${ratio(atMs) * 100}%`;
  const shownMs = draggedMs ?? nowMs;
  const middleOf = ({ atMs, span }: Milestone) => (span === null ? atMs : (span.fromMs + Math.min(span.toMs, endMs)) / 2);
  return (
    <div className="demo-timeline">
      <ol className="demo-milestones">
        {milestones.map((milestone, i) => (
          <li key={milestone.id} data-lean={leanOf(ratio(middleOf(milestone)))} data-current={i === currentIndex} style={{ left: percent(middleOf(milestone)) }}>
            <b className="num">{milestoneDate(milestone)}</b>
            <span>{milestoneHighlight(milestone, indicator, language)}</span>
          </li>
        ))}
      </ol>
      <Slider className="demo-slider" aria-label={t('demo.seek')} minValue={startMs} maxValue={endMs} step={DAY_MS} value={shownMs} isDisabled={isDisabled}
        onChange={(value) => { if (typeof value === 'number') setDraggedMs(value); }}
        onChangeEnd={(value) => { setDraggedMs(null); if (typeof value === 'number') onSeek(value); }}>
        <SliderTrack className="demo-track" {...hovering}>
          <span className="demo-played" style={{ width: percent(shownMs) }} />
          {milestones.map(({ id, atMs, span }, i) => (span === null
            ? <span key={id} className="demo-diamond" data-current={i === currentIndex} data-passed={atMs <= nowMs} style={{ left: percent(atMs) }} />
            : <span key={id} className="demo-span" data-current={i === currentIndex} style={{ left: percent(span.fromMs), width: `${(ratio(span.toMs) - ratio(span.fromMs)) * 100}%` }} />))}
          {hoveredMs !== null && draggedMs === null && !isDisabled && <Preview atMs={hoveredMs} milestones={milestones} ratio={ratio(hoveredMs)} isInThumb={false} />}
          <SliderThumb className="demo-thumb" aria-label={formatDate(shownMs)}>
            {({ isDragging, isFocusVisible }) => (isDragging || isFocusVisible) && <Preview atMs={shownMs} milestones={milestones} ratio={ratio(shownMs)} isInThumb />}
          </SliderThumb>
        </SliderTrack>
      </Slider>
      <ol className="demo-years" aria-hidden="true">{yearsBetween(startMs, endMs).map((year) => <li key={year} className="num" style={{ left: percent(startOfDayMs(`${year}-01-01`)) }}>{year}</li>)}</ol>
    </div>
  );
}
