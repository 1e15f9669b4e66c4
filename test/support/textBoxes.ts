/** One line of text on a page, where a reader sees it. CSS px. */
export interface TextBox {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fontPx: number;
  /** Classes of the element it stands in and of those around it, nearest first. */
  readonly path: string;
  /** Cut by the page, by a box around it, or by its own. */
  readonly isCut: boolean;
  /** Another element stands over part of it. */
  readonly isCovered: boolean;
}

export interface TextPage {
  readonly boxes: readonly TextBox[];
  /** Elements, and the page itself, that have more than they show. */
  readonly scrolling: readonly string[];
  readonly widthPx: number;
}

/** Runs in the page. Every visible run of text with its glyphs' box: the font's own room above and below is not text. */
export function readTextBoxes(): TextPage {
  const SLACK_PX = 1.5;
  // Be Vietnam Pro and Inter: accents of a capital reach 0.98 em above the baseline, tails 0.24 em below, in a box of 1.21-1.27 em.
  const ABOVE_RATIO = 0.1;
  const BELOW_RATIO = 0.06;
  const boxes: TextBox[] = [];
  const pathOf = (element: Element | null): string => {
    const names: string[] = [];
    for (let at = element; at !== null && names.length < 4; at = at.parentElement) {
      const name = at.getAttribute('class') ?? at.tagName.toLowerCase();
      if (name !== '') names.push(name);
    }
    return names.join(' < ');
  };
  /** Frame of what clips, else `null`. Many texts stand in the same few. */
  const frames = new Map<Element, DOMRect | null>();
  const frameOf = (element: Element): DOMRect | null => {
    const known = frames.get(element);
    if (known !== undefined) return known;
    const { overflowX, overflowY } = getComputedStyle(element);
    const frame = overflowX !== 'visible' || overflowY !== 'visible' ? element.getBoundingClientRect() : null;
    frames.set(element, frame);
    return frame;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (text === '' || parent === null || parent.closest('svg, script, style, .visuallyHidden') !== null || !parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      const y = rect.y + rect.height * ABOVE_RATIO;
      const height = rect.height * (1 - ABOVE_RATIO - BELOW_RATIO);
      let isCut = rect.left < -SLACK_PX || rect.right > innerWidth + SLACK_PX || y < -SLACK_PX || y + height > innerHeight + SLACK_PX;
      for (let at: Element | null = parent; at !== null && !isCut; at = at.parentElement) {
        const frame = frameOf(at);
        if (frame !== null) isCut = rect.left < frame.left - SLACK_PX || rect.right > frame.right + SLACK_PX || y < frame.top - SLACK_PX || y + height > frame.bottom + SLACK_PX;
      }
      const isCovered = [[0.1, 0.5], [0.5, 0.2], [0.5, 0.8], [0.9, 0.5]].some(([partX = 0, partY = 0]) => {
        const [top] = document.elementsFromPoint(rect.x + rect.width * partX, y + height * partY);
        return top !== undefined && !parent.contains(top) && !top.contains(parent);
      });
      boxes.push({ text, x: rect.x, y, width: rect.width, height, fontPx: Number.parseFloat(getComputedStyle(parent).fontSize), path: pathOf(parent), isCut, isCovered });
    }
  }
  const scrolling = [...document.querySelectorAll('html, body, body *')].filter((element) => {
    const isScrolled = element.scrollWidth > element.clientWidth + 2 || element.scrollHeight > element.clientHeight + 2;
    return isScrolled && (frameOf(element) !== null || element === document.documentElement) && element.closest('svg, .mapView, .visuallyHidden') === null && element.clientWidth > 0;
  }).map((element) => pathOf(element));
  return { boxes, scrolling, widthPx: innerWidth };
}

const SLACK_PX = 2;

/** Pairs whose glyphs' boxes lie over each other. Runs of one line, as "677" and "/705", touch and do not count. */
export function overlapsOf(boxes: readonly TextBox[]): string[] {
  const found: string[] = [];
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      const overX = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
      const overY = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
      if (overX > SLACK_PX && overY > SLACK_PX) found.push(`"${a.text}" (${a.path}) over "${b.text}" (${b.path}) by ${Math.round(overX)}×${Math.round(overY)} px`);
    }
  });
  return found;
}
