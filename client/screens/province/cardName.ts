import type { TFunction } from 'i18next';
import type { Indicator } from '../../../shared/domain/indicator.ts';
import type { Language } from '../../i18n/i18n.ts';

/** Where the catalogue's short name, made for a wall, is too wide for a card of 184 px. */
const NAMED = ['tslcd-share', 'dossiers-on-time-share', 'one-stop-share', 'ndxp-transactions', 'meeting-room-share', 'documents-electronic-share', 'alerts-day'] as const;

/** Name of an indicator on the province's own page, where the province need not be said again. */
export function cardName(indicator: Indicator, language: Language, t: TFunction): string {
  const key = NAMED.find((id) => id === indicator.id);
  return key === undefined ? indicator.shortName[language] : t(`province.cardName.${key}`);
}
