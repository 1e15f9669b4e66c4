import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { BrandingDto } from '../../shared/protocol/branding.ts';
import { currentLanguage } from '../i18n/i18n.ts';
import { heldBranding, subscribeBranding } from './branding.ts';

export function useBranding(): BrandingDto {
  return useSyncExternalStore(subscribeBranding, heldBranding);
}

/** Names the page by what it is about and whose it is: "Hưng Yên · IOC tỉnh Hưng Yên". */
export function useDocumentTitle(about: string | null): void {
  const { t, i18n } = useTranslation();
  const title = useBranding().title?.[currentLanguage(i18n)] ?? t('product.title');
  useEffect(() => { document.title = about === null ? title : `${about} · ${title}`; }, [about, title]);
}
