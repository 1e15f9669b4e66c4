/**
 * Longest turn of this thread's event loop, in its own CPU time, so that other processes on a busy machine are not counted as
 * our block. `wallMs` is the same turn by the clock.
 */
export function watchLoop() {
  let isWatching = true;
  let longestCpuMs = 0;
  let longestWallMs = 0;
  let lastCpu = process.threadCpuUsage();
  let lastWallMs = performance.now();
  const turn = () => {
    const cpu = process.threadCpuUsage(lastCpu);
    const wallMs = performance.now();
    longestCpuMs = Math.max(longestCpuMs, (cpu.user + cpu.system) / 1_000);
    longestWallMs = Math.max(longestWallMs, wallMs - lastWallMs);
    lastCpu = process.threadCpuUsage();
    lastWallMs = wallMs;
    if (isWatching) setImmediate(turn);
  };
  setImmediate(turn);
  return {
    stop() {
      isWatching = false;
      return { cpuMs: longestCpuMs, wallMs: longestWallMs };
    },
  };
}
