import type { IndexGroupDto } from '../../../../shared/protocol/serviceIndex.ts';
import { widthOn } from './indexFigures.ts';

type Scored = Pick<IndexGroupDto, 'points' | 'possible' | 'portal'>;

/** Points from 0 on one scale: filled what was scored, striped what could not be judged, a tick at what the portal publishes. The words beside it say the same. */
export function ScoreBar({ scored, scaleMax }: { readonly scored: Scored; readonly scaleMax: number }) {
  const { points, possible, portal } = scored;
  const published = portal.state === 'published' ? portal.reading?.value ?? null : null;
  return (
    <span className="index-scale" aria-hidden="true">
      <span className="index-track" style={{ width: widthOn(scaleMax, points) }} />
      <span className="index-open" style={{ left: widthOn(scaleMax, possible.min), width: widthOn(scaleMax, possible.max - possible.min) }} />
      <span className="index-fill" style={{ width: widthOn(scaleMax, possible.min) }} />
      {published !== null && <span className="index-portalTick" style={{ left: widthOn(scaleMax, published) }} />}
    </span>
  );
}
