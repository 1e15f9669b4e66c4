import type { i18n } from 'i18next';
import type { Language } from './i18n.ts';

/** [I18N5] Turns the page's language without a reload. The address keeps it, without the router, for which it would be another page. */
export async function switchLanguage(instance: i18n, language: Language): Promise<void> {
  await instance.changeLanguage(language);
  document.documentElement.lang = language;
  const search = new URLSearchParams(window.location.search);
  if (language === 'vi') search.delete('lang');
  else search.set('lang', language);
  const query = search.toString();
  window.history.replaceState(window.history.state, '', window.location.pathname + (query === '' ? '' : `?${query}`));
}
