/** Calls `look` in every animation frame, before its paint, until the returned function is called. Nothing where there are no frames. */
export function everyFrame(look: () => void): () => void {
  if (typeof requestAnimationFrame !== 'function') return () => {};
  let isOver = false;
  const frame = () => {
    if (isOver) return;
    look();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  return () => { isOver = true; };
}
