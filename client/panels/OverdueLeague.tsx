import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { displayName } from '../catalogue/catalogue.ts';
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { useMirrorStore, useVersion } from '../store/mirrorHooks.tsx';
import { selectReading } from '../store/selectReading.ts';
import { Figure } from './Figure.tsx';
import { leagueOf } from './leagueOf.ts';

const OVERDUE = 'dossiers-overdue';

/** Provinces with the most overdue dossiers, and beside the count the share that was on time. */
export function OverdueLeague({ rows }: { readonly rows: number }) {
  const { t } = useTranslation();
  const { provinces, table } = useCatalogue();
  const store = useMirrorStore();
  const version = useVersion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: readings live in the store; `version` says when they changed.
  const shown = useMemo(() => leagueOf(provinces, (code) => {
    const index = table.indexOf(code, OVERDUE);
    return index === undefined ? null : selectReading(store, index).value;
  }, rows), [provinces, table, store, version, rows]);
  return (
    <section className="league" aria-label={t('dossiers.league')}>
      <header className="panelHead"><h2>{t('dossiers.league')}</h2></header>
      <div className="leagueRow leagueRow-head"><span>{t('dossiers.province')}</span><span>{t('dossiers.count')}</span><span>{t('dossiers.onTime')}</span></div>
      <ol>
        {shown.map((province, i) => (
          <li className="leagueRow" key={province.code}>
            <span className="leagueRow-place"><span className="leagueRow-rank num">{i + 1}</span>{displayName(province)}</span>
            <Figure localityCode={province.code} indicatorId={OVERDUE} size="row" />
            <Figure localityCode={province.code} indicatorId="dossiers-on-time-share" size="row" />
          </li>
        ))}
      </ol>
    </section>
  );
}
