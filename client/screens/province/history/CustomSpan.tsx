import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../store/mirrorHooks.tsx';
import { dayAndTime } from './dayAndTime.ts';
import { type TimeSpan, writeSpan } from './timeSpan.ts';

const MomentPicker = lazy(async () => ({ default: (await import('../past/MomentPicker.tsx')).MomentPicker }));

const MINUTE_MS = 60_000;

/** Both ends of a span of one's own choice. An end is never before its begin: the other end stops it. */
export function CustomSpan({ span, onChoose }: { readonly span: TimeSpan; readonly onChoose: (range: string) => void }) {
  const { t } = useTranslation();
  const { serverNowMs } = useNow();
  const { fromMs, toMs } = span;
  return (
    <div className="history-custom">
      <Suspense fallback={null}>
        <MomentPicker key={`from ${fromMs}`} label={t('history.fromTime', { time: dayAndTime(fromMs) })} atMs={fromMs} minMs={null} maxMs={toMs - MINUTE_MS} onPick={(atMs) => onChoose(writeSpan({ ...span, fromMs: atMs }))} />
        <MomentPicker key={`to ${toMs}`} label={t('history.toTime', { time: dayAndTime(toMs) })} atMs={toMs} minMs={fromMs + MINUTE_MS} maxMs={Math.max(serverNowMs, toMs)} onPick={(atMs) => onChoose(writeSpan({ ...span, toMs: atMs }))} />
      </Suspense>
    </div>
  );
}
