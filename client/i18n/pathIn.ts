import type { Language } from './i18n.ts';

/** A path of this product in the language that the reader has chosen. */
export function pathIn(language: Language, path: string): string {
  return language === 'vi' ? path : `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
}
