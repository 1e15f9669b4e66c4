import type { LabelTone } from './placeLabels.ts';

/** Measures with the page's own fonts; call after `loadCanvasFonts`. Without a canvas every letter counts as 0.6 em. */
export function createTextMeasure(document: Document): (text: string, sizePx: number, tone: LabelTone) => number {
  const context = document.createElement('canvas').getContext('2d');
  return (text, sizePx, tone) => {
    if (context === null) return text.length * sizePx * 0.6;
    context.font = `${tone === 'strong' ? 600 : 400} ${sizePx}px "Be Vietnam Pro"`;
    return context.measureText(text).width;
  };
}
