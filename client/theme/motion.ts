/** `?motion=off` and the system's own setting both stop every continuous animation and camera flight. */
export function isMotionAllowed(search: URLSearchParams, prefersReducedMotion: boolean): boolean {
  return search.get('motion') !== 'off' && !prefersReducedMotion;
}
