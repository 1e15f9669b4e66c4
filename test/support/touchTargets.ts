import type { Page } from 'playwright-core';

/** Everything that can be pressed and is smaller than `minPx` either way: "what it says (width×height)". Of a label its own box counts, not that of the hidden input in it; where a press is caught by a layer over the parent, the parent's. */
export function smallTargets(page: Page, minPx: number): Promise<string[]> {
  return page.evaluate((min) => {
    const pressable = document.querySelectorAll<HTMLElement>('a[href], button, input:not([type=hidden]), label, [role=tab], [role=option], [role=menuitem]');
    return [...pressable].flatMap((element) => {
      const box = element instanceof HTMLInputElement && element.closest('label') !== null ? element.closest('label')! : element;
      const isSpread = getComputedStyle(box, '::after').position === 'absolute' && box.offsetParent !== null;
      const { width, height } = (isSpread ? box.offsetParent! : box).getBoundingClientRect();
      // Hidden from sight: the label or the visible twin is what is pressed.
      if (width <= 1 || height <= 1 || !element.checkVisibility({ visibilityProperty: true })) return [];
      for (let above = box.parentElement; above !== null; above = above.parentElement) if (above.clientWidth === 1 && above.clientHeight === 1) return [];
      if (box.closest('.visuallyHidden') !== null || (box instanceof HTMLLabelElement && box.control instanceof HTMLInputElement && box.control.type !== 'radio')) return [];
      return width >= min - 0.5 && height >= min - 0.5 ? [] : [`${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)} (${Math.round(width)}×${Math.round(height)})`];
    });
  }, minPx);
}
