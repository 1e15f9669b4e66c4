import './serviceIndex.css';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { ProvinceDomain } from '../domainViews.ts';
import { useIndexView } from './indexView.ts';
import { ServiceIndexPanel } from './ServiceIndexPanel.tsx';

interface ServiceIndexSwitchProps {
  readonly provinceCode: string;
  readonly domain: ProvinceDomain;
  /** Asked where a count of the province comes from. */
  readonly onExplain: (indicatorId: string) => void;
  /** The figures of the domain, which the index takes the place of. */
  readonly children: ReactNode;
}

/** One tap from the figures of the dossiers domain to the service index. */
export function ServiceIndexEntry({ domain }: { readonly domain: ProvinceDomain }) {
  const { t } = useTranslation();
  const { setOpen } = useIndexView();
  if (domain !== 'dossiers') return null;
  return <Button className="index-turn" onPress={() => setOpen(true)}><span>{t('serviceIndex.open')}</span><ChevronRight aria-hidden="true" /></Button>;
}

/** The figures of a domain, or the service index in their place. Other domains than dossiers are their figures. */
export function ServiceIndexSwitch({ provinceCode, domain, onExplain, children }: ServiceIndexSwitchProps) {
  const { t } = useTranslation();
  const { isOpen, setOpen } = useIndexView();
  if (domain !== 'dossiers') return children;
  if (!isOpen) return children;
  return (
    <>
      <Button className="index-turn" data-back="true" onPress={() => setOpen(false)}><ChevronLeft aria-hidden="true" /><span>{t('serviceIndex.back')}</span></Button>
      <ServiceIndexPanel provinceCode={provinceCode} onExplain={onExplain} />
    </>
  );
}
