import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../i18n/i18n.ts';
import { switchLanguage } from '../i18n/switchLanguage.ts';

/** Turns the page to the other language, which it names. */
export function LanguageButton({ className }: { readonly className: string }) {
  const { t, i18n } = useTranslation();
  const other = currentLanguage(i18n) === 'vi' ? 'en' : 'vi';
  return <Button className={className} lang={other} onPress={() => void switchLanguage(i18n, other)}>{other.toUpperCase()}<span className="visuallyHidden"> {t(`home.languages.${other}`)}</span></Button>;
}
