/** Zero is a number; `null` is an absence and an empty cell. A number is written in the unit of its column. */
export type ExportCell = string | number | null;

export interface ExportColumn {
  readonly name: string;
  /** Empty: it has none. */
  readonly unit: string;
  /** In a picture, where numerals are as on screen; a CSV keeps every digit. */
  readonly decimals: number;
}

/** One table or chart as it leaves the screen: what it says, and everything a reader elsewhere needs to trust it. */
export interface ExportTable {
  readonly title: string;
  readonly placeName: string;
  /** "mã 68". Not a bare number: a spreadsheet would drop the zeros it begins with. */
  readonly placeCode: string;
  /** As of when, epoch ms. */
  readonly atMs: number;
  /** Who says so, and how to ask again. */
  readonly source: string;
  /** Measured, simulated, reported: said in every file. */
  readonly provenance: string;
  readonly columns: readonly ExportColumn[];
  readonly rows: readonly (readonly ExportCell[])[];
}
