export type WallClass = 'full' | 'regular' | 'compact' | 'ultra';

/** What a wall declares about itself. Millimetres and metres are of the real surface, pixels of the page. */
export interface WallDevice {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly widthMm: number;
  /** From where the smallest operational text must be readable. */
  readonly nearM: number;
}

export interface ContentBudget {
  readonly attentionRows: number;
  readonly secondaryFigures: number;
  readonly leagueRows: number;
}

export interface WallScale {
  /** Smallest operational text; every wall size is a multiple of it. CSS px. */
  readonly bPx: number;
  readonly wallClass: WallClass;
  /** Height of the page in B. */
  readonly rows: number;
  readonly budget: ContentBudget;
  /** The declared surface cannot carry B: text is smaller than promised, and the screen has to say so. */
  readonly isTooSmall: boolean;
}

export const DEFAULT_NEAR_M = 5;
/** A 55″ full-HD panel, the tile every class of the size table is made of. */
const DEFAULT_PITCH_MM = 0.634;
/** Capital height of Be Vietnam Pro, 740/1000. */
const CAP_HEIGHT_RATIO = 0.74;
const ARC_MINUTES = 16;
/** Fewer rows or columns of B than this and the compact layout itself no longer fits. */
const MIN_ROWS = 20.5;
const MIN_COLUMNS = 36;
/** A surface with room for more rows than its content has is read from farther away instead: its text grows until the rows are these. */
const MOST_ULTRA_ROWS = 23;

export function defaultWidthMm(widthPx: number): number {
  return widthPx * DEFAULT_PITCH_MM;
}

/** Font size whose capitals subtend 16 arc minutes at `distanceM` (UI.md §2). */
export function readableFontPx(distanceM: number, pitchMm: number): number {
  const halfAngleRad = (ARC_MINUTES / 60 / 2) * (Math.PI / 180);
  return (2 * distanceM * 1_000 * Math.tan(halfAngleRad)) / pitchMm / CAP_HEIGHT_RATIO;
}

function classOf(rows: number, aspect: number): WallClass {
  if (aspect > 3) return 'ultra';
  if (rows >= 36) return 'full';
  return rows >= 28 ? 'regular' : 'compact';
}

const BUDGET: Readonly<Record<WallClass, ContentBudget>> = {
  full: { attentionRows: 5, secondaryFigures: 3, leagueRows: 6 },
  regular: { attentionRows: 4, secondaryFigures: 2, leagueRows: 5 },
  compact: { attentionRows: 2, secondaryFigures: 0, leagueRows: 2 },
  ultra: { attentionRows: 4, secondaryFigures: 3, leagueRows: 4 },
};

/** Heights in B of one row, for dropping content on surfaces at the low end of their class. */
const ATTENTION_ROW_B = 2.95;
const SECONDARY_ROW_B = 2.85;
const LEAGUE_ROW_B = 1.95;
/** Rows at which the class budget fits exactly. */
const ROWS_FOR_BUDGET: Readonly<Record<WallClass, number>> = { full: 38.4, regular: 33.2, compact: MIN_ROWS, ultra: 21 };

/** Content is dropped, text is never shrunk: a surface short of rows shows fewer of them. */
function budgetOf(wallClass: WallClass, rows: number): ContentBudget {
  const budget = BUDGET[wallClass];
  const missing = Math.max(0, ROWS_FOR_BUDGET[wallClass] - rows);
  const fewer = (count: number, rowB: number) => Math.max(0, count - Math.ceil(missing / rowB));
  return {
    attentionRows: fewer(budget.attentionRows, ATTENTION_ROW_B),
    secondaryFigures: fewer(budget.secondaryFigures, SECONDARY_ROW_B),
    leagueRows: fewer(budget.leagueRows, LEAGUE_ROW_B),
  };
}

export function wallScaleOf({ widthPx, heightPx, widthMm, nearM }: WallDevice): WallScale {
  const wanted = readableFontPx(nearM, widthMm / widthPx);
  const aspect = widthPx / heightPx;
  const columns = aspect > 3 ? MIN_COLUMNS * 3 : MIN_COLUMNS;
  const readablePx = Math.min(wanted, heightPx / MIN_ROWS, widthPx / columns);
  const bPx = aspect > 3 ? Math.max(readablePx, Math.min(heightPx / MOST_ULTRA_ROWS, widthPx / columns)) : readablePx;
  const rows = heightPx / bPx;
  const wallClass = classOf(rows, aspect);
  return { bPx, wallClass, rows, budget: budgetOf(wallClass, rows), isTooSmall: bPx < wanted - 0.01 };
}
