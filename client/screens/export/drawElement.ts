/** Children that carry ink; anything else in the charts of these pages is a group of them. */
const SHAPES = 'path, rect, circle, line, text';

function pathOf(shape: Element): Path2D {
  const number = (name: string) => Number(shape.getAttribute(name) ?? 0);
  const path = new Path2D(shape.tagName === 'path' ? (shape.getAttribute('d') ?? '') : '');
  if (shape.tagName === 'rect') path.rect(number('x'), number('y'), number('width'), number('height'));
  if (shape.tagName === 'circle') path.arc(number('cx'), number('cy'), number('r'), 0, Math.PI * 2);
  if (shape.tagName === 'line') {
    path.moveTo(number('x1'), number('y1'));
    path.lineTo(number('x2'), number('y2'));
  }
  return path;
}

function drawText(context: CanvasRenderingContext2D, shape: SVGGraphicsElement, style: CSSStyleDeclaration): void {
  const alignments: Readonly<Record<string, CanvasTextAlign>> = { middle: 'center', end: 'right' };
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textAlign = alignments[style.textAnchor] ?? 'left';
  context.fillStyle = style.fill;
  context.fillText(shape.textContent ?? '', Number(shape.getAttribute('x') ?? 0), Number(shape.getAttribute('y') ?? 0));
}

/** One shape where it stands on the page, in the colours that the page gives it. */
function drawShape(context: CanvasRenderingContext2D, shape: SVGGraphicsElement, frame: DOMRect): void {
  const style = getComputedStyle(shape);
  const place = shape.getScreenCTM();
  if (place === null || style.display === 'none') return;
  const matrix = new DOMMatrix([place.a, place.b, place.c, place.d, place.e - frame.x, place.f - frame.y]);
  context.save();
  context.globalAlpha = Number(style.opacity);
  if (shape.tagName === 'text') {
    context.transform(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f);
    drawText(context, shape, style);
    context.restore();
    return;
  }
  // The path is moved, not the pen: lines keep the width they have on the page.
  const path = new Path2D();
  path.addPath(pathOf(shape), matrix);
  if (style.fill !== 'none') {
    context.fillStyle = style.fill;
    context.fill(path);
  }
  if (style.stroke !== 'none') {
    const isFixed = style.getPropertyValue('vector-effect') === 'non-scaling-stroke';
    context.strokeStyle = style.stroke;
    context.lineWidth = Number.parseFloat(style.strokeWidth) * (isFixed ? 1 : Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c)));
    context.lineCap = style.strokeLinecap as CanvasLineCap;
    context.setLineDash(style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[ ,]+/).map((part) => Number.parseFloat(part)));
    context.stroke(path);
  }
  context.restore();
}

/**
 * The ink of a chart at the origin, in CSS px: its canvases as they are, then its SVG shapes as the page styles them. Not through an
 * `<img>`: the content policy lets in no `data:` or `blob:` image, and such an image would not have the page's fonts.
 */
export function drawElement(context: CanvasRenderingContext2D, element: Element): void {
  const frame = element.getBoundingClientRect();
  for (const canvas of element.matches('canvas') ? [element] : element.querySelectorAll('canvas')) {
    const { x, y, width, height } = canvas.getBoundingClientRect();
    if (canvas instanceof HTMLCanvasElement && canvas.width > 0) context.drawImage(canvas, x - frame.x, y - frame.y, width, height);
  }
  for (const shape of element.querySelectorAll(SHAPES)) {
    if (shape instanceof SVGGraphicsElement && shape.closest('defs, clipPath, mask') === null) drawShape(context, shape, frame);
  }
}
