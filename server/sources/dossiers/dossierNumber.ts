/** MaHoSo read: `V1V2V3.Z1Z2.Y1Y2.MX1X2-YYMMDD-XXXX` (`unit-first`) or `MX1X2.….-YYYYMMDD-XXXXXXX` (`level-first`). */
export interface DossierNumber {
  readonly grammar: 'unit-first' | 'level-first';
  /** Identifier of the office as written: "000.00.05.H10", "G09.20". */
  readonly office: string;
  /** Level 1 of it: "H10" is a province, "G09" a ministry. */
  readonly levelOne: string;
  /** The day in the number: "2019-06-12". */
  readonly isoDate: string;
  readonly serial: string;
}

/** Article 19 of Circular 01/2018/TT-VPCP. */
const UNIT_FIRST = /^(?<office>\d{3}\.\d{2}\.\d{2}\.(?<levelOne>[A-Z]\d{2}))-(?<date>\d{6})-(?<serial>\d{4,10})$/;
/** As seen since 2026; that it is a rule is not established. */
const LEVEL_FIRST = /^(?<office>(?<levelOne>[A-Z]\d{2})(?:\.\d{1,3}){0,4})-(?<date>\d{8})-(?<serial>\d{4,10})$/;

/** `null`: in neither grammar, which is no fault: numbers are never required to be in one. */
export function parseDossierNumber(text: string): DossierNumber | null {
  const unitFirst = UNIT_FIRST.exec(text);
  const groups = unitFirst?.groups ?? LEVEL_FIRST.exec(text)?.groups;
  if (groups === undefined) return null;
  const { office = '', levelOne = '', date = '', serial = '' } = groups;
  const digits = unitFirst === null ? date : `20${date}`;
  const isoDate = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  const day = new Date(`${isoDate}T00:00:00Z`);
  // The parser turns 30 February into 2 March: what comes back must be what was said.
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== isoDate) return null;
  return { grammar: unitFirst === null ? 'level-first' : 'unit-first', office, levelOne, isoDate, serial };
}

export function formatDossierNumber({ grammar, office, isoDate, serial }: DossierNumber): string {
  const date = isoDate.replaceAll('-', '');
  return `${office}-${grammar === 'unit-first' ? date.slice(2) : date}-${serial}`;
}
