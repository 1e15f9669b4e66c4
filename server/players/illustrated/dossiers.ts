import type { Locality } from '../../../shared/domain/locality.ts';
import type { ReceivedCandidate } from '../../ports/player.ts';
import { draw, mix, saltOf } from '../simulated/noise.ts';
import { DAYS, illustrate } from './illustration.ts';

const SALT = saltOf('illustrative-dossiers');
/** 68,265 results by post are 44.83 % of what Cà Mau, of nine districts, returned in 2019. */
const CA_MAU = { resolvedYear: 152_275, districts: 9 };
const QUARTERS_A_YEAR = 4;
const QUARTER_DAYS = 365.25 / QUARTERS_A_YEAR;
const ON_TIME = { leastRatio: 0.952, mostRatio: 0.992 };
/** Of those that were late, what is still open. */
const OVERDUE_PART = 0.3;

/** [IL3] The rule "illustrative-dossiers". `districtsOf`: how many a province has. Pure. */
export function illustrateDossiers(provinces: readonly Locality[], districtsOf: (code: string) => number): ReceivedCandidate[] {
  const received: ReceivedCandidate[] = [];
  for (let quarter = 1; Math.ceil(quarter * QUARTER_DAYS) <= DAYS; quarter++) {
    const day = Math.ceil(quarter * QUARTER_DAYS);
    for (const { code } of provinces) {
      const key = mix(mix(SALT, saltOf(code)), quarter);
      const resolved = Math.round((CA_MAU.resolvedYear / QUARTERS_A_YEAR / CA_MAU.districts) * districtsOf(code));
      const onTime = Math.round(resolved * (ON_TIME.leastRatio + (ON_TIME.mostRatio - ON_TIME.leastRatio) * draw(key, 1)));
      received.push(
        illustrate('illustrative-dossiers', code, 'dossiers-resolved', day, resolved), illustrate('illustrative-dossiers', code, 'dossiers-on-time', day, onTime),
        illustrate('illustrative-dossiers', code, 'dossiers-overdue', day, Math.round((resolved - onTime) * OVERDUE_PART)),
      );
    }
  }
  return received;
}
