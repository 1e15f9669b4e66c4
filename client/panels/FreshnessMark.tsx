import type { Freshness } from '../../shared/domain/freshness.ts';

/** ● fresh · ◐ late · dashed ring stale · × dead · – never. A family of its own, so that "no data" is never read as an alarm. */
export function FreshnessMark({ freshness }: { readonly freshness: Freshness }) {
  return (
    <svg className="freshnessMark" viewBox="0 0 20 20" aria-hidden="true" data-freshness={freshness}>
      {freshness === 'fresh' && <circle cx="10" cy="10" r="7" fill="currentColor" />}
      {freshness === 'late' && <><circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="2" /><path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" /></>}
      {freshness === 'stale' && <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="2.6" strokeDasharray="4 2.8" />}
      {freshness === 'dead' && <path d="M4 4 16 16M16 4 4 16" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />}
      {freshness === 'never' && <path d="M4 10h12" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />}
    </svg>
  );
}
