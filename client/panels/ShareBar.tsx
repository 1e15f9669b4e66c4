import { useReading } from '../store/mirrorHooks.tsx';

/** Numerator of its denominator as a bar from zero; the rest is drawn as an empty frame, so that a missing part is seen as a part. Empty where the figure beside it has no number: `isShown`. */
export function ShareBar({ localityCode, indicatorId, isShown }: { readonly localityCode: string; readonly indicatorId: string; readonly isShown: boolean }) {
  const reading = useReading(localityCode, indicatorId);
  if (!isShown || reading?.numerator == null || reading.denominator == null || reading.denominator === 0) return <div className="shareBar" />;
  const share = Math.min(1, reading.numerator / reading.denominator);
  return (
    <div className="shareBar" aria-hidden="true">
      <div className="shareBar-part" style={{ width: `${share * 100}%` }} />
      {share < 1 && <div className="shareBar-rest" />}
    </div>
  );
}
