import type { TFunction } from 'i18next';
import { PROVENANCES, type Provenance } from '../../../shared/domain/provenance.ts';

/** [XE5] What kinds of numbers there are, with a warning in front when any of them was made up. */
export function provenanceWords(kinds: readonly (Provenance | null)[], t: TFunction): string {
  const present = PROVENANCES.filter((kind) => kinds.includes(kind));
  const words = present.map((kind) => t(`provenance.${kind}`)).join(', ');
  if (words === '') return t('figure.none');
  const isMadeUp = present.includes('simulated') || present.includes('illustrative');
  return isMadeUp ? t('exported.madeUp', { words }) : words;
}
