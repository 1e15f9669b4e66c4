import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { drawSeverityAtlas } from '../../../client/layers/severityAtlas.ts';
import { SeveritySymbol } from '../../../client/panels/SeveritySymbol.tsx';
import { THEMES } from '../../../client/theme/tokens.ts';
import { SEVERITIES } from '../../../shared/domain/severity.ts';

/** What is drawn, without digit and colour. */
function shapeOnPanel(severity: (typeof SEVERITIES)[number], isOutline: boolean): string {
  return renderToStaticMarkup(<SeveritySymbol severity={severity} isOutline={isOutline} label="" />).replace(/<text.*?<\/text>/g, '').replace(/var\(--severity-\w+\)/g, 'colour');
}

/** Calls made on the canvas between one symbol and the next, without digit and colour. */
function shapesOnMap(): string[] {
  const shapes: string[][] = [];
  const context = new Proxy<Record<string, unknown>>({}, {
    get: (_, name: string) => (...values: unknown[]) => {
      if (name === 'save') shapes.push([]);
      else if (!['translate', 'restore', 'fillText'].includes(name)) shapes.at(-1)?.push(`${name} ${JSON.stringify(values)}`);
    },
    set: () => true,
  });
  drawSeverityAtlas({ createElement: () => ({ getContext: () => context }) } as unknown as Document, THEMES.dark, 100);
  return shapes.map((calls) => calls.join('\n'));
}

describe('[TH5] every level has a shape of its own, without its digit and colour, filled and outlined', () => {
  test('on panels', () => {
    const shapes = SEVERITIES.flatMap((severity) => [shapeOnPanel(severity, false), shapeOnPanel(severity, true)]);
    expect(new Set(shapes).size).toBe(2 * SEVERITIES.length);
  });

  test('on the map', () => {
    const [filled, outlined] = [shapesOnMap().slice(0, SEVERITIES.length), shapesOnMap().slice(SEVERITIES.length, 2 * SEVERITIES.length)];
    expect(new Set([...filled, ...outlined]).size).toBe(2 * SEVERITIES.length);
  });
});
