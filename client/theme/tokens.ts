/**
 * The design tokens: the one source of colours, scale and motion. CSS variables and map paint both come from here
 * (`themeVariables.ts`, `client/map/`), so a colour cannot differ between a panel and the map.
 */

export type SeverityName = 'critical' | 'high' | 'medium' | 'low' | 'unknown';
export type ThemeName = 'dark' | 'light' | 'paper';

type Ramp = readonly [string, string, string, string, string];

export interface ThemeColors {
  readonly bg: string;
  readonly sea: string;
  readonly panel: string;
  readonly raised: string;
  readonly line: string;
  readonly neighbour: string;
  readonly neighbourLine: string;
  readonly land: string;
  readonly cellLine: string;
  readonly provinceLine: string;
  readonly coast: string;
  readonly coastGlow: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly halo: string;
  readonly onSeverity: string;
  readonly bar: string;
  readonly barMuted: string;
  readonly seat: string;
  readonly focusFill: string;
  readonly focusNeighbour: string;
  readonly deadLand: string;
  readonly staleLand: string;
  readonly hatch: string;
  readonly severity: Readonly<Record<SeverityName, string>>;
  /** Five choropleth classes, quiet to attention. The first is the land tone itself. */
  readonly ramp: Ramp;
  readonly channel: Readonly<Record<'online' | 'direct' | 'postal', string>>;
}

const DARK: ThemeColors = {
  bg: '#0B1116', sea: '#0A1016', panel: '#111A21', raised: '#18232C', line: '#2C3A45',
  neighbour: '#10181F', neighbourLine: '#1B262F',
  land: '#24333C', cellLine: '#33464F', provinceLine: '#5A707C', coast: '#7F97A3', coastGlow: '#1C2C37',
  ink: '#EEF3F6', ink2: '#B4C1CA', ink3: '#8A99A4',
  accent: '#7CC4D8', onAccent: '#0A1016', halo: '#0A1016', onSeverity: '#0A1016',
  bar: '#5F8794', barMuted: '#5F7480', seat: '#A9C6D0',
  focusFill: '#36505C', focusNeighbour: '#16212A', deadLand: '#2E3336', staleLand: '#4C5356', hatch: '#C9D2D8',
  severity: { critical: '#FF4A55', high: '#FFAE74', medium: '#FBEF63', low: '#639DC3', unknown: '#D9CDE0' },
  ramp: ['#24333C', '#41565F', '#706C5B', '#A48D68', '#E9DBBE'],
  channel: { online: '#7FA6B4', direct: '#4C6B78', postal: '#B9C7CE' },
};

const LIGHT: ThemeColors = {
  bg: '#EEF1F3', sea: '#DFE8ED', panel: '#FFFFFF', raised: '#F7F9FA', line: '#D3DBE0',
  neighbour: '#E9EDEF', neighbourLine: '#D9E0E4',
  land: '#E1E9EC', cellLine: '#8FA3AE', provinceLine: '#8398A3', coast: '#6C828E', coastGlow: '#CFDBE2',
  ink: '#14212B', ink2: '#43545F', ink3: '#5C6C77',
  accent: '#0B6B84', onAccent: '#FFFFFF', halo: '#FFFFFF', onSeverity: '#FFFFFF',
  bar: '#0B6B84', barMuted: '#8FA3AE', seat: '#43545F',
  focusFill: '#C9DAE2', focusNeighbour: '#E9EDEF', deadLand: '#C9CDD0', staleLand: '#D5D8DA', hatch: '#5C6C77',
  severity: { critical: '#8B001F', high: '#A24100', medium: '#806C33', low: '#284F9B', unknown: '#412649' },
  ramp: ['#E1E9EC', '#B2C6CE', '#CDA45A', '#A8651C', '#6B2E04'],
  channel: { online: '#0B6B84', direct: '#8FA3AE', postal: '#43545F' },
};

/** Replay. Severities are listed beside the map, never drawn on it; purple is used by no other theme. */
const PAPER: ThemeColors = {
  bg: '#EFE6D2', sea: '#E7DDC6', panel: '#F8F2E4', raised: '#FFFBF1', line: '#CDBE9E',
  neighbour: '#EADFC8', neighbourLine: '#DACDB0',
  land: '#E4DAC2', cellLine: '#B5A680', provinceLine: '#97855E', coast: '#7C6B48', coastGlow: '#DACDB0',
  ink: '#2A2014', ink2: '#5A4A33', ink3: '#6E5C42',
  accent: '#5B2A86', onAccent: '#FFFFFF', halo: '#FFFBF1', onSeverity: '#FFFFFF',
  bar: '#7C6230', barMuted: '#A98F54', seat: '#5A4A33',
  focusFill: '#C9B78E', focusNeighbour: '#EADFC8', deadLand: '#CFC6B2', staleLand: '#D8CDB4', hatch: '#5A4A33',
  severity: LIGHT.severity,
  ramp: ['#E4DAC2', '#C9B78E', '#A98F54', '#7C6230', '#4E3A16'],
  channel: { online: '#7C6230', direct: '#C9B78E', postal: '#4E3A16' },
};

export const THEMES: Readonly<Record<ThemeName, ThemeColors>> = { dark: DARK, light: LIGHT, paper: PAPER };

/** Laid over any theme while the display has lost its server: nothing coloured is left that could pass for live. */
export const DISCONNECTED = {
  banner: '#F1F4F6', onBanner: '#0A1016', land: '#1F2528',
  ink: '#9AA4AB', ink2: '#838E96', ink3: '#76828A', outline: '#AEB7BD', hatch: '#C9D2D8', hatchAlpha: 0.12,
} as const;

/** Frame, banner and watermark of replay (UI.md §13). */
export const REPLAY = { purple: '#5B2A86', onPurple: '#FFFFFF', stripe: '#F3E9D2', watermarkAlpha: 0.085, speedsDaysPerSec: [7, 30, 90], milestoneHoldSec: 12 } as const;

export const SEVERITY_LEVEL: Readonly<Record<SeverityName, string>> = { critical: '1', high: '2', medium: '3', low: '4', unknown: '?' };

/** Symbol sizes as multiples of B (84, 66 and 150 px at B = 52). */
export const SYMBOL_SIZE_IN_B = { row: 1.62, map: 1.27, preempt: 2.88 } as const;

export const MOTION = {
  valueMs: 200, recentMarkSec: 30, flyMs: 1_200, sceneOutMs: 250, sceneInMs: 350, dwellSec: 45, pulseMs: 1_600,
} as const;

/** Alarms in 10 minutes: where the load is normal, high, and a flood (UI.md §10). */
/** New alarms in the window. A flood is over below `floodOver`, so that it does not come and go (ANSI/ISA-18.2 §16.5.2). */
export const ALARM_LOAD = { windowMs: 600_000, normal: 1, high: 3, flood: 10, floodOver: 5, axisMax: 15 } as const;

export const MAP = {
  districtsFromZoom: 7.2, hatchPx: 14, seatRadiusPx: 3.4, ringRadiusPx: 10, isletRadiusPx: 4.5,
  linkWidthPx: 2.3, linkAlpha: 0.42, backboneWidthPx: 6, curveOffsetRatio: 0.16, labelHaloEm: 0.2,
  /** By hand: whole provinces of both editions fit at 5.67 (Hồ Chí Minh of 2025 on a phone) to 9.78 (Bắc Ninh on a tablet). */
  touchZoom: { min: 5.5, max: 11 },
  /** The pixel sizes above were drawn at this B; multiply by B / 52 elsewhere. */
  drawnAtB: 52,
} as const;
