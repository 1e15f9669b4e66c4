/** Processor time that a started server has taken so far, all its threads, in seconds. */
export async function cpuSecOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
}
