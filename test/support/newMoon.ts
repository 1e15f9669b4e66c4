const RADIANS_PER_DEGREE = Math.PI / 180;
const DAY_MS = 86_400_000;
const VIETNAM_OFFSET_MS = 7 * 3_600_000;
/** Terrestrial time runs ahead of UTC by about so much in this century's first half. */
const DELTA_T_MS = 70_000;
const MEAN_MONTH_DAYS = 29.530588861;

/** The `k`-th new moon since 2000, to within a minute: J. Meeus, Astronomical Algorithms, chapter 49, its larger terms. Epoch ms. */
function newMoonMs(k: number): number {
  const t = k / 1236.85;
  const degrees = (at: number, rate: number, square: number) => (at + rate * k + square * t * t) * RADIANS_PER_DEGREE;
  const e = 1 - 0.002516 * t - 0.0000074 * t * t;
  const sun = degrees(2.5534, 29.1053567, -0.0000014);
  const moon = degrees(201.5643, 385.81693528, 0.0107582);
  const latitude = degrees(160.7108, 390.67050284, -0.0016118);
  const node = degrees(124.7746, -1.56375588, 0.0020672);
  const { sin } = Math;
  const days = 2451550.09766 + MEAN_MONTH_DAYS * k + 0.00015437 * t * t
    - 0.4072 * sin(moon) + 0.17241 * e * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * latitude) + 0.00739 * e * sin(moon - sun)
    - 0.00514 * e * sin(moon + sun) + 0.00208 * e * e * sin(2 * sun) - 0.00111 * sin(moon - 2 * latitude) - 0.00057 * sin(moon + 2 * latitude)
    + 0.00056 * e * sin(2 * moon + sun) - 0.00042 * sin(3 * moon) + 0.00042 * e * sin(sun + 2 * latitude) + 0.00038 * e * sin(sun - 2 * latitude)
    - 0.00024 * e * sin(2 * moon - sun) - 0.00017 * sin(node) - 0.00007 * sin(moon + 2 * sun);
  return (days - 2440587.5) * DAY_MS - DELTA_T_MS;
}

/** The day in Viet Nam of the new moon nearest to that day's noon. */
export function newMoonDay(isoDate: string): string {
  const noonMs = Date.parse(`${isoDate}T12:00:00+07:00`);
  const near = Math.round(((noonMs / DAY_MS + 2440587.5) - 2451550.09766) / MEAN_MONTH_DAYS);
  const [nearest = 0] = [near - 1, near, near + 1].map(newMoonMs).sort((a, b) => Math.abs(a - noonMs) - Math.abs(b - noonMs));
  return new Date(nearest + VIETNAM_OFFSET_MS).toISOString().slice(0, 10);
}
