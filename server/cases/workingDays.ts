import { z } from 'zod';
import { LocalizedText } from '../../shared/domain/ids.ts';
import { DAY_MS, VIETNAM_OFFSET_MS } from '../../shared/domain/instant.ts';

const Day = z.iso.date();

/** `seeds/calendar/holidays.json`: what the calendar rests on. */
export const HolidayFile = z.strictObject({
  remark: LocalizedText,
  /** First day of Tết and the Hùng Kings' day (10th of the 3rd month), Vietnamese lunar calendar. */
  lunar: z.array(z.strictObject({ year: z.number().int(), tet: Day, hungKings: Day })),
  /** Where the notice of that year differs from the rule: days off by swap, and days worked that the rule would have off. */
  announced: z.array(z.strictObject({ year: z.number().int(), off: z.array(Day), worked: z.array(Day) })),
});
export type HolidayFile = z.infer<typeof HolidayFile>;

export interface WorkingDays {
  isWorkingDay(isoDate: string): boolean;
  /** The `days`-th working day after that day, which need not be one itself. @param days at least 1 */
  addWorkingDays(isoDate: string, days: number): string;
  /** Working days after `from` up to and with `until`; 0 where `until` is not later. */
  countWorkingDays(from: string, until: string): number;
  /**
   * Civil Code 2015, Article 148.5-6: a time limit whose last day is a day off ends at 24:00 of the next working day.
   * @returns the moment itself where its day is worked. Epoch ms
   */
  endOfTimeLimitMs(limitMs: number): number;
}

/** Days since 1970-01-01; a date without a time has no time zone. */
type DayNumber = number;

const toNumber = (isoDate: string): DayNumber => Date.parse(`${isoDate}T00:00:00Z`) / DAY_MS;
const toDate = (day: DayNumber): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
const weekdayOf = (day: DayNumber): number => new Date(day * DAY_MS).getUTCDay();

const isWeekend = (day: DayNumber): boolean => weekdayOf(day) === 0 || weekdayOf(day) === 6;

/** The second day of 2 September came with the Labour Code 2019, in force from 2021. */
const TWO_NATIONAL_DAYS_FROM = 2021;
const MONDAY = 1;
const THURSDAY = 4;

/** Monday to Friday without the public holidays of Viet Nam. */
export function createWorkingDays({ lunar, announced }: Pick<HolidayFile, 'lunar' | 'announced'>): WorkingDays {
  const lunarByYear = new Map(lunar.map((each) => [each.year, each]));
  const off = new Set(announced.flatMap((each) => each.off.map(toNumber)));
  const worked = new Set(announced.flatMap((each) => each.worked.map(toNumber)));
  const holidaysByYear = new Map<number, ReadonlySet<DayNumber>>();

  const holidaysOf = (year: number): ReadonlySet<DayNumber> => {
    const known = holidaysByYear.get(year);
    if (known !== undefined) return known;
    const holidays = withDaysInLieu(namedHolidays(year, lunarByYear.get(year)));
    holidaysByYear.set(year, holidays);
    return holidays;
  };
  const isWorking = (day: DayNumber): boolean => {
    if (worked.has(day)) return true;
    return !off.has(day) && !isWeekend(day) && !holidaysOf(new Date(day * DAY_MS).getUTCFullYear()).has(day);
  };

  const advance = (from: DayNumber, days: number): DayNumber => {
    let day = from;
    for (let left = days; left > 0;) {
      day += 1;
      if (isWorking(day)) left -= 1;
    }
    return day;
  };
  // Every dossier of a province is judged when a month begins, and they share a few hundred due days.
  const dueDayByDay = new Map<DayNumber, DayNumber>();

  return {
    isWorkingDay: (isoDate) => isWorking(toNumber(isoDate)),
    addWorkingDays: (isoDate, days) => toDate(advance(toNumber(isoDate), days)),
    endOfTimeLimitMs(limitMs) {
      const day = Math.floor((limitMs + VIETNAM_OFFSET_MS) / DAY_MS);
      const dueDay = dueDayByDay.get(day) ?? (isWorking(day) ? day : advance(day, 1));
      dueDayByDay.set(day, dueDay);
      return dueDay === day ? limitMs : (dueDay + 1) * DAY_MS - VIETNAM_OFFSET_MS;
    },
    countWorkingDays(from, until) {
      let count = 0;
      for (let day = toNumber(from) + 1; day <= toNumber(until); day += 1) if (isWorking(day)) count += 1;
      return count;
    },
  };
}

/** Labour Code 2019, Article 112. Tết is five days: by rule its eve and the first four, which notices often shift by a day. */
function namedHolidays(year: number, lunar: HolidayFile['lunar'][number] | undefined): DayNumber[] {
  const national = toNumber(`${year}-09-02`);
  // By rule, not announced: the neighbour of 2 September that makes the longer run of days off.
  const second = [MONDAY, THURSDAY].includes(weekdayOf(national)) ? national + 1 : national - 1;
  const days = ['01-01', '04-30', '05-01', '09-02'].map((day) => toNumber(`${year}-${day}`));
  if (year >= TWO_NATIONAL_DAYS_FROM) days.push(second);
  if (lunar !== undefined) days.push(...[-1, 0, 1, 2, 3].map((after) => toNumber(lunar.tet) + after), toNumber(lunar.hungKings));
  return days.sort((a, b) => a - b);
}

/** Article 111.3: a holiday on a weekly day off is given back on the next working day. */
function withDaysInLieu(holidays: readonly DayNumber[]): ReadonlySet<DayNumber> {
  const days = new Set(holidays);
  for (const holiday of holidays) {
    if (!isWeekend(holiday)) continue;
    let inLieu = holiday + 1;
    while (isWeekend(inLieu) || days.has(inLieu)) inLieu += 1;
    days.add(inLieu);
  }
  return days;
}
