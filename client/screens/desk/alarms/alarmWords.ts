import type { TFunction } from 'i18next';
import type { Alarm } from '../../../../shared/domain/alarm.ts';
import type { Source } from '../../../../shared/domain/source.ts';
import { type Catalogue, displayName } from '../../../catalogue/catalogue.ts';
import { formatFigure, formatNumber, lowerFirst } from '../../../i18n/format.ts';
import type { Language } from '../../../i18n/i18n.ts';
import { systemText } from '../../../panels/alarmWords.ts';
import { foldVietnamese } from '../../home/searchLocalities.ts';

/** Systems that the catalogue of indicators names and the interface has words for. */
const SYSTEMS = ['tslcd', 'online-meetings', 'ndxp', 'document-axis', 'national-portal', 'document-software', 'ncsc', 'four-layer', 'one-stop', 'online-services', 'public-post', 'signature-payment', 'ioc', 'national-databases'] as const;

/** An alarm in words, as the list and the detail say it. */
export interface AlarmWords {
  /** Province, the nation, or that it is not known. */
  readonly place: string;
  /** What lies in the province, if it is not the whole of it; else empty. */
  readonly unit: string;
  /** Empty: the catalogue does not say. */
  readonly system: string;
  readonly what: string;
  /** Who says so. Empty: nobody is named. */
  readonly source: string;
}

export interface Wording {
  wordsOf(alarm: Alarm): AlarmWords;
  /** Every word of it, folded for a search; made once for each alarm. */
  foldedWordsOf(alarm: Alarm): string;
}

interface WordingOptions {
  readonly catalogue: Catalogue;
  readonly sources: readonly Source[];
  readonly language: Language;
  readonly t: TFunction;
}

/** [DK7] What is wrong, without where: in the sender's words, else by the reading. */
function whatOf(alarm: Alarm, { catalogue, language, t }: WordingOptions): string {
  const { kind, title, value } = alarm;
  if (kind === 'system') return systemText(alarm, t);
  if (title !== null) return title;
  const indicator = catalogue.indicator(alarm.indicatorId ?? '');
  const name = indicator?.shortName[language] ?? alarm.indicatorId ?? '';
  if (kind === 'source-silent') return t(alarm.localityCode === 'VN' ? 'attention.silentNation' : 'attention.silent');
  // How many they are stands beside it, as they are now.
  if (kind === 'cause') return t('alarms.what.cause', { unit: t(catalogue.edition === '2021' ? 'coverage.district' : 'coverage.commune') });
  if (value === null) return name === '' ? t('alarms.what.unknown') : t('alarms.what.noValue', { indicator: name });
  if (kind === 'security') return t('attention.securityOpen', { value: formatFigure(value, 0, t) });
  if (kind === 'overdue') return t('attention.overdue', { value: formatFigure(value, 0, t) });
  if (kind === 'state') {
    if (alarm.indicatorId === 'tslcd-link-state') return t('attention.linkLostHere');
    return t('attention.stateHere', { indicator: name, state: indicator?.states.find((state) => state.value === value)?.name[language] ?? String(value) });
  }
  const unit = indicator?.unit[language] ?? '';
  return t('alarms.what.band', { indicator: name, value: `${formatNumber(value, indicator?.decimals ?? 0)}${unit === '' || unit === '%' ? unit : ` ${unit}`}` });
}

function placesOf({ localityCode, isPlaced }: Alarm, { catalogue, t }: WordingOptions): Pick<AlarmWords, 'place' | 'unit'> {
  if (!isPlaced) return { place: t('alarms.unplaced'), unit: '' };
  const locality = catalogue.locality(localityCode);
  const province = catalogue.provinceOf(localityCode);
  const whole = province ?? locality;
  return { place: whole === undefined ? localityCode : displayName(whole), unit: locality !== undefined && province !== undefined && locality !== province ? locality.name : '' };
}

function systemOf(alarm: Alarm, { catalogue, t }: WordingOptions): string {
  const named = catalogue.indicator(alarm.indicatorId ?? '')?.system;
  const system = SYSTEMS.find((one) => one === named);
  if (system !== undefined) return t(`alarms.systems.${system}`);
  return alarm.kind === 'system' ? t('alarms.systems.ioc') : '';
}

export function createWording(options: WordingOptions): Wording {
  const { language, sources } = options;
  const sourceNames = new Map<string, string>(sources.map(({ id, name }) => [id, name[language]]));
  const words = new WeakMap<Alarm, AlarmWords>();
  const folded = new WeakMap<Alarm, string>();
  function wordsOf(alarm: Alarm): AlarmWords {
    const held = words.get(alarm);
    if (held !== undefined) return held;
    const { sourceId } = alarm;
    const made = { ...placesOf(alarm, options), system: systemOf(alarm, options), what: whatOf(alarm, options), source: sourceId === null ? '' : (sourceNames.get(sourceId) ?? sourceId) };
    words.set(alarm, made);
    return made;
  }
  return {
    wordsOf,
    foldedWordsOf(alarm) {
      const held = folded.get(alarm);
      if (held !== undefined) return held;
      const made = foldVietnamese([...Object.values(wordsOf(alarm)), alarm.assignee ?? '', alarm.acked?.by ?? '', alarm.localityCode].join(' '));
      folded.set(alarm, made);
      return made;
    },
  };
}

/** "Lâm Đồng: mã độc tống tiền…": which alarm, in a line. A place within a province by its own name. */
export function aboutAlarm({ place, unit, what }: AlarmWords, t: TFunction): string {
  return t('alarms.act.about', { place: unit === '' ? place : `${unit}, ${place}`, what: lowerFirst(what) });
}

/** "Lê Thị Hà" → "L.T.Hà", as a column has room for. A name of one word stays. */
export function shortPerson(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.at(-1) ?? '';
  return `${words.slice(0, -1).map((word) => `${[...word][0] ?? ''}.`).join('')}${last}`;
}
