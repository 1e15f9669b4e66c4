import { Siren } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useRoot } from '../../catalogue/RootLocality.tsx';
import { formatClock } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { attentionRows } from '../../panels/attentionRows.ts';
import { useLiveCritical } from './useLiveCritical.ts';

/** [DM13] Stands before the replay while something critical really happens, until somebody takes it, it is over, or a person sends it away here. */
export function LiveInterrupt({ onInterrupt }: { readonly onInterrupt: () => void }) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const catalogue = useCatalogue();
  const root = useRoot();
  const alarm = useLiveCritical();
  const [leftId, setLeftId] = useState<string | null>(null);
  const shown = alarm === null || alarm.occurrenceId === leftId ? null : alarm;
  const row = useMemo(() => (shown === null ? undefined : attentionRows([shown], { catalogue, root, language, t })[0]), [shown, catalogue, root, language, t]);
  const shownId = shown?.occurrenceId ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each alarm, whatever the controls are by then.
  useEffect(() => { if (shownId !== null) onInterrupt(); }, [shownId]);
  useEffect(() => {
    const handleKey = ({ key }: KeyboardEvent) => { if (key === 'Escape') setLeftId(shownId); };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, [shownId]);
  if (shown === null || row === undefined) return null;
  return (
    <section className="demo-live" role="alert">
      <p className="demo-liveHead"><Siren aria-hidden="true" />{t('demo.live.title')}</p>
      <h2>{row.place}</h2>
      <p>{row.text}</p>
      <p className="demo-liveNote">{t('demo.live.since', { time: formatClock(shown.sinceMs) })} · {t('demo.live.paused')}</p>
      <p className="demo-liveActs">
        <Link to={pathIn(language, '/wall')}>{t('demo.live.toWall')}</Link>
        <Button onPress={() => setLeftId(shown.occurrenceId)}>{t('demo.live.goOn')}</Button>
      </p>
    </section>
  );
}
