/**
 * What the simulator is tuned to: figures of the five seed documents (`seeds/facts` holds them with their citations), and the
 * few sizes they leave open, each with its reason.
 */

const PROVINCES_2021 = 63;
const DISTRICTS_2021 = 705;

/** 96 % of districts on the dedicated network: 677 of 705. */
export const UNCONNECTED_RATIO = 28 / DISTRICTS_2021;
export const LGSP_RATIO = 55 / PROVINCES_2021;
export const PUBLIC_CENTRE_RATIO = 55 / PROVINCES_2021;
/** 44 %. */
export const FOUR_LAYER_RATIO = 28 / PROVINCES_2021;
/** 38 SOCs are connected, those of ministries among them; how many are provinces' is not reported, so 28 and 10 are ours. */
export const SOC_PROVINCE_RATIO = 28 / PROVINCES_2021;
export const MINISTRY_SOCS = 10;
/** Over 88.5 %. */
export const ELECTRONIC_DOCUMENTS_PCT = 88.6;
/** 15.9 %, and 11 provinces over 30 %. */
export const LEVEL4_PCT = 15.9;
export const LEVEL4_OVER_30_RATIO = 11 / PROVINCES_2021;
/** Over 95 %. */
export const ON_TIME_PCT = 95.4;
/** 4.4 million from 1 Jan 2019 to 31 Jul 2020: over 7.6 thousand a day, all days of the week counted. */
export const NDXP_SINCE_MS = Date.parse('2019-01-01T00:00:00+07:00');
export const NDXP_PER_DAY = 4_400_000 / 578;

export const PERSONAL_IDS = 1_900_000;
export const ID_CARDS = 12_000_000;
export const PERSONAL_ID_PROVINCE_RATIO = 43 / PROVINCES_2021;
export const ID_CARD_PROVINCE_RATIO = 16 / PROVINCES_2021;
export const RESOLUTION17 = { done: 62, total: 76 } as const;
export const EGDI_RANK = 86;

export const CA_MAU = {
  code: '96',
  postInPct: 38.01,
  postOutPct: 44.83,
  /** 20,703 online, of the 143,600 that 54,581 by post at 38.01 % make. */
  onlinePct: 14.4,
} as const;
export const BAC_KAN = { code: '06', documentSoftwareUnits: 625 } as const;
/** Bắc Kạn's 625 units in its 8 districts, applied to all 705. */
export const DOCUMENT_SOFTWARE_UNITS = Math.round((625 / 8) * DISTRICTS_2021);

/** Cà Mau's 143,600 dossiers a year in 9 districts make 1,330 a month each; 705 of them, 22 working days. */
export const DOSSIERS_PER_WORKING_DAY = 42_600;
/** Not reported anywhere: somewhat more than dossiers, because a dossier causes more than one document. */
export const DOCUMENTS_PER_WORKING_DAY = 60_000;
/** Communes in 2021 (about 10,600) and the districts themselves: every unit that needs a meeting room. */
export const MEETING_UNITS = 11_300;
