import { useTranslation } from 'react-i18next';
import { isKnownReason } from './feedFacts.ts';

/** Words for the reason of a refusal. */
export function useReasonWords(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => (isKnownReason(reason) ? t(`feeds.reasons.${reason}`) : reason);
}
