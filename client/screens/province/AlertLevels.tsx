import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '../../../shared/domain/severity.ts';
import { Figure } from '../../panels/Figure.tsx';
import { SeveritySymbol } from '../../panels/SeveritySymbol.tsx';
import { useReading } from '../../store/mirrorHooks.tsx';
import { ALERT_INDICATOR_BY_SEVERITY } from './domainViews.ts';

function LevelRow({ provinceCode, severity }: { readonly provinceCode: string; readonly severity: keyof typeof ALERT_INDICATOR_BY_SEVERITY }) {
  const { t } = useTranslation();
  const indicatorId = ALERT_INDICATOR_BY_SEVERITY[severity];
  const value = useReading(provinceCode, indicatorId)?.value ?? 0;
  return (
    <li className="province-level">
      {/* Outline beside a count of 0, so that a quiet screen carries no filled red. */}
      <SeveritySymbol severity={severity} isOutline={value === 0} label={t(`severity.${severity}`)} />
      <span aria-hidden="true">{t(`severity.${severity}`)}</span>
      <Figure localityCode={provinceCode} indicatorId={indicatorId} size="row" />
    </li>
  );
}

/** Open security alerts of the province by level. Sources report them by province, so there is no district to name. */
export function AlertLevels({ provinceCode }: { readonly provinceCode: string }) {
  const { t } = useTranslation();
  return (
    <section className="province-panel" aria-label={t('province.levels')}>
      <header className="province-panelHead"><h2>{t('province.levels')}</h2><span>{t('province.provinceOnly')}</span></header>
      <ul className="province-levels">{SEVERITIES.map((severity) => <LevelRow key={severity} provinceCode={provinceCode} severity={severity} />)}</ul>
    </section>
  );
}
