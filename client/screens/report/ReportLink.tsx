import './reportLink.css';
import { Printer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { currentLanguage } from '../../i18n/i18n.ts';
import { pathIn } from '../../i18n/pathIn.ts';
import { useAsOf } from '../province/past/asOf.tsx';

/** One press from the province to its report, of the moment that the page shows. */
export function ReportLink({ provinceCode }: { readonly provinceCode: string }) {
  const { t, i18n } = useTranslation();
  const asOfMs = useAsOf();
  const path = `/province/${provinceCode}/report${asOfMs === null ? '' : `?at=${asOfMs}`}`;
  return <Link className="report-link" to={pathIn(currentLanguage(i18n), path)}><Printer aria-hidden="true" />{t('report.open')}</Link>;
}
