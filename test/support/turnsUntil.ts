/** Gives the event loop turn after turn: for what happens on the other side of a socket and is told to nobody. */
export async function turnsUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => { setImmediate(resolve); });
}
