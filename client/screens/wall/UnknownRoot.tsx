import { useTranslation } from 'react-i18next';
import { useCatalogue } from '../../catalogue/ChannelProvider.tsx';

/** [RT1] The address names no province of this edition: what is wrong and what to do, in place of another place's figures. */
export function UnknownRoot({ code }: { readonly code: string }) {
  const { t } = useTranslation();
  const { edition } = useCatalogue();
  return (
    <div className="waiting" role="alert">
      <p className="waiting-what">{t('root.unknown', { code })}</p>
      <p>{t('province.unknownWhy', { set: t(`province.unitSet.${edition}`) })}</p>
      <p>{t('root.whatToDo')}</p>
    </div>
  );
}
