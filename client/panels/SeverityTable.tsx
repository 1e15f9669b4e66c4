import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '../../shared/domain/severity.ts';
import { useReading } from '../store/mirrorHooks.tsx';
import { Figure } from './Figure.tsx';
import { SceneIcon } from './sceneIcons.tsx';
import { SeveritySymbol } from './SeveritySymbol.tsx';

function SeverityRow({ localityCode, severity }: { readonly localityCode: string; readonly severity: (typeof SEVERITIES)[number] }) {
  const { t } = useTranslation();
  const indicatorId = `alerts-${severity}`;
  const isNone = useReading(localityCode, indicatorId)?.value === 0;
  return (
    <li className="severityRow" data-severity={severity} data-none={isNone}>
      <SeveritySymbol severity={severity} isOutline={isNone} label={t(`severity.${severity}`)} />
      <span className="severityRow-name">{t(`severity.${severity}`)}</span>
      <Figure localityCode={localityCode} indicatorId={indicatorId} size="row" />
    </li>
  );
}

/** Open alerts by level. A level without any is drawn as an outline, so that a quiet screen carries no filled red. */
export function SeverityTable({ localityCode }: { readonly localityCode: string }) {
  const { t } = useTranslation();
  return (
    <section className="severityTable" aria-label={t('security.table')}>
      <header className="panelHead"><SceneIcon scene="security" /><h2>{t('security.table')}</h2></header>
      <ul>{SEVERITIES.map((severity) => <SeverityRow key={severity} localityCode={localityCode} severity={severity} />)}</ul>
    </section>
  );
}
