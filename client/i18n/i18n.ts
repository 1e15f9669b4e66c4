import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from './en.json' with { type: 'json' };
import vi from './vi.json' with { type: 'json' };

export type Language = 'vi' | 'en';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof vi };
  }
}

export function languageFrom(search: URLSearchParams): Language {
  return search.get('lang') === 'en' ? 'en' : 'vi';
}

/** Both catalogues are bundled, so text is there before the first paint and nothing is fetched. */
export async function startI18n(language: Language): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'vi',
    resources: { vi: { translation: vi }, en: { translation: en } },
    // React escapes what it prints.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return i18next;
}

/** The interface language as the domain's `LocalizedText` names it. */
export function currentLanguage(instance: Pick<i18n, 'language'>): Language {
  return instance.language === 'en' ? 'en' : 'vi';
}
