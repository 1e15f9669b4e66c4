import { useTranslation } from 'react-i18next';
import type { Standing } from '../../../../shared/domain/serviceIndex.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';

/** On what something stands. What no document lays down is called so first. */
export function StandingLine({ label, standing }: { readonly label: string; readonly standing: Standing }) {
  const { t, i18n } = useTranslation();
  const language = currentLanguage(i18n);
  const { basis, citation, remark } = standing;
  return (
    <p className="index-standing" data-basis={basis}>
      <b className="index-tag">{t(`serviceIndex.basis.${basis}`)}</b>
      <span>{[`${label}:`, remark?.[language], citation?.[language]].filter((part) => part !== undefined).join(' ')}</span>
    </p>
  );
}
