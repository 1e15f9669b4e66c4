import './past.css';
import { lazy, Suspense } from 'react';
import { Button, Group } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../store/mirrorHooks.tsx';
import { useAsOf, useTravel } from './asOf.tsx';
import { STEPS } from './steps.ts';

const MomentPicker = lazy(async () => ({ default: (await import('./MomentPicker.tsx')).MomentPicker }));

/** From the present into the past: an hour, a day, a week ago, or a chosen moment. In the past the banner has these ways. */
export function PastEntry() {
  const { t } = useTranslation();
  const go = useTravel();
  const { serverNowMs } = useNow();
  if (useAsOf() !== null || serverNowMs === 0) return null;
  return (
    <Group className="past-entry" aria-label={t('past.enter')}>
      <span>{t('past.enter')}</span>
      {STEPS.toReversed().map(({ name, ms }) => <Button key={name} className="past-button" onPress={() => go(serverNowMs - ms)}>{t(`past.ago.${name}`)}</Button>)}
      <Suspense fallback={null}><MomentPicker label={t('past.pick')} atMs={serverNowMs} minMs={null} maxMs={serverNowMs} onPick={go} /></Suspense>
    </Group>
  );
}
