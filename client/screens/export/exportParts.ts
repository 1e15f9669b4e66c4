import { useTranslation } from 'react-i18next';
import type { Provenance } from '../../../shared/domain/provenance.ts';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';
import { useBranding } from '../../catalogue/useBranding.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useNow } from '../../store/mirrorHooks.tsx';
import { useAsOf } from '../province/past/asOf.tsx';
import type { ExportTable } from './exportTable.ts';
import { provenanceWords } from './provenanceWords.ts';

type Parts = Pick<ExportTable, 'placeName' | 'placeCode' | 'atMs' | 'source' | 'provenance'>;

/** What every file of this page says about itself. `pathOf`: how to ask the server for the same numbers. */
export function useExportParts(localityCode: string, pathOf: (atMs: number) => string): (provenances: readonly (Provenance | null)[]) => Parts {
  const { t, i18n } = useTranslation();
  const { locality } = useCatalogue();
  const owner = useBranding().title?.[currentLanguage(i18n)] ?? t('product.title');
  const { dataNowMs } = useNow();
  const atMs = useAsOf() ?? Math.floor(dataNowMs);
  return (provenances) => ({
    placeName: locality(localityCode)?.fullName ?? localityCode, placeCode: t('exported.code', { code: localityCode }),
    atMs, source: `${owner} · ${pathOf(atMs)}`, provenance: provenanceWords(provenances, t),
  });
}
