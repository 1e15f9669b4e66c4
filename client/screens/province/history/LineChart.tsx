import { useEffect, useLayoutEffect, useRef } from 'react';
import type { ChartMark, ChartModel } from './chartModel.ts';
import { type ChartEvents, type ChartLook, createChart } from './createChart.ts';

const NO_MARKS: readonly ChartMark[] = [];

interface LineChartProps extends ChartLook, ChartEvents {
  readonly model: ChartModel;
  readonly marks?: readonly ChartMark[];
  /** What it shows, for who cannot see it. */
  readonly label: string;
}

/** One series on a canvas, as wide as its place. Made anew when its readings change, gone with the component. */
export default function LineChart({ model, marks = NO_MARKS, label, onPoint, onTap, heightPx, hasAxes, isStepped, target, say }: LineChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef({ onPoint, onTap, say });
  useLayoutEffect(() => { latest.current = { onPoint, onTap, say }; });
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const look = { heightPx, hasAxes, isStepped, target, say: (value: number) => latest.current.say(value) };
    const chart = createChart(element, model, look, marks, { onPoint: (position) => latest.current.onPoint(position), onTap: (atMs) => latest.current.onTap(atMs) });
    const watch = new ResizeObserver(() => { if (element.clientWidth > 0 && element.clientWidth !== chart.width) chart.setSize({ width: element.clientWidth, height: heightPx }); });
    watch.observe(element);
    return () => { watch.disconnect(); chart.destroy(); latest.current.onPoint(null); };
  }, [model, marks, heightPx, hasAxes, isStepped, target]);
  return <div ref={host} className="history-chart" role="img" aria-label={label} style={{ minHeight: heightPx }} />;
}
