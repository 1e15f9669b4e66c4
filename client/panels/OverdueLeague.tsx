import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { displayName } from '../catalogue/catalogue.ts';
import { useCatalogue } from '../catalogue/ChannelProvider.tsx';
import { useRoot } from '../catalogue/RootLocality.tsx';
import { useMirrorStore, useVersion } from '../store/mirrorHooks.tsx';
import { selectReading } from '../store/selectReading.ts';
import { Figure } from './Figure.tsx';
import { leagueOf } from './leagueOf.ts';

const OVERDUE = 'dossiers-overdue';

/** The parts of the root with the most overdue dossiers, and beside the count the share that was on time. */
export function OverdueLeague({ rows }: { readonly rows: number }) {
  const { t } = useTranslation();
  const { edition, table } = useCatalogue();
  const { isNation, units } = useRoot();
  const store = useMirrorStore();
  const version = useVersion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: readings live in the store; `version` says when they changed.
  const shown = useMemo(() => leagueOf(units, (code) => {
    const index = table.indexOf(code, OVERDUE);
    return index === undefined ? null : selectReading(store, index).value;
  }, rows), [units, table, store, version, rows]);
  return (
    <section className="league" aria-label={t('dossiers.league')}>
      <header className="panelHead"><h2>{t('dossiers.league')}</h2></header>
      <div className="leagueRow leagueRow-head"><span>{t(isNation ? 'dossiers.province' : edition === '2021' ? 'dossiers.district' : 'dossiers.commune')}</span><span>{t('dossiers.count')}</span><span>{t('dossiers.onTime')}</span></div>
      <ol>
        {shown.map((unit, i) => (
          <li className="leagueRow" key={unit.code}>
            <span className="leagueRow-place"><span className="leagueRow-rank num">{i + 1}</span>{displayName(unit)}</span>
            <Figure localityCode={unit.code} indicatorId={OVERDUE} size="row" />
            <Figure localityCode={unit.code} indicatorId="dossiers-on-time-share" size="row" />
          </li>
        ))}
      </ol>
    </section>
  );
}
