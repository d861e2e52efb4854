import type { Page } from '@playwright/test';

/** A part of the screen that cannot be read or reached, in words for a failed test. */
export type Fault = string;

/**
 * Looks at what is painted: text that is cut, text over text, and controls that are cut, covered
 * or lie outside the window. What scrolls is within reach. Customers' own words may end in an
 * ellipsis, since they have no longest; the program's words may not.
 */
export async function faultsOf(page: Page): Promise<Fault[]> {
  return page.evaluate(() => {
    const slack = 1.5; // px: what rounding and the side bearings of letters take
    /** What ends in an ellipsis by design: its text is a customer's or a file's, or repeats a whole one. */
    const mayEnd = [
      '[role=grid] [data-row] [data-field=queue], [role=grid] [data-row] [data-field=user]',
      '[role=grid] [data-row] [data-field=contact], [role=grid] [data-row] [data-field=wa]',
      '[role=grid] [data-row] [data-field=title], [role=grid] [data-row] [data-field=connector]',
      '[data-cuttable], .detail-pane .ellipsis, .changes .ellipsis', // with its title whole
    ].join(', ');

    type Box = { left: number; top: number; right: number; bottom: number };
    const found = new Set<string>();
    const short = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 48);
    const nameOf = (one: Element): string => {
      const own = one.getAttribute('aria-label') ?? one.textContent ?? '';
      const kind = one.tagName.toLowerCase() + (one.id ? `#${one.id}` : '');
      return `${kind} “${short(own)}”`;
    };
    const placeOf = (one: Element): string => {
      const names: string[] = [];
      for (let up: Element | null = one; up && names.length < 3; up = up.parentElement) {
        const name = [...up.classList].find((word) => !word.startsWith('svelte-'));
        if (name) names.unshift(name);
      }
      return names.join(' > ');
    };

    const styles = new Map<Element, CSSStyleDeclaration>();
    const styleOf = (one: Element) => {
      let style = styles.get(one);
      if (!style) styles.set(one, (style = getComputedStyle(one)));
      return style;
    };
    const seen = (one: Element) =>
      one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      !one.closest('.hidden, .list-print, [inert]');
    const inner = (one: Element): Box => {
      const box = one.getBoundingClientRect();
      const style = styleOf(one);
      return {
        left: box.left + parseFloat(style.borderLeftWidth),
        top: box.top + parseFloat(style.borderTopWidth),
        right: box.right - parseFloat(style.borderRightWidth),
        bottom: box.bottom - parseFloat(style.borderBottomWidth),
      };
    };
    const layerOf = (one: Element) =>
      one.closest('dialog, [role=dialog], [role=alertdialog], [role=menu], .layer') ?? document.body;
    const modal = [
      ...document.querySelectorAll('dialog[open], [role=dialog], [role=alertdialog], [role=menu]'),
    ].at(-1);

    /** What of a box can be seen or scrolled to, and how much of it nobody can reach. */
    const reach = (from: Element | null, box: Box) => {
      let { left, top, right, bottom } = box;
      let cutX = 0;
      let cutY = 0;
      let out = false;
      for (let up = from; up && up !== document.documentElement && !out; up = up.parentElement) {
        const style = styleOf(up);
        const frame = inner(up);
        if (style.overflowX !== 'visible') {
          if (style.overflowX === 'hidden' || style.overflowX === 'clip')
            cutX = Math.max(cutX, right - frame.right, frame.left - left);
          left = Math.max(left, frame.left);
          right = Math.min(right, frame.right);
        }
        if (style.overflowY !== 'visible') {
          if (style.overflowY === 'hidden' || style.overflowY === 'clip')
            cutY = Math.max(cutY, bottom - frame.bottom, frame.top - top);
          top = Math.max(top, frame.top);
          bottom = Math.min(bottom, frame.bottom);
        }
        out = style.position === 'fixed';
      }
      cutX = Math.max(cutX, right - innerWidth, -left);
      cutY = Math.max(cutY, bottom - innerHeight, -top);
      return { left, top, right, bottom, cutX, cutY };
    };

    // Text.
    const texts: { node: Text; owner: Element; box: Box; layer: Element }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      const owner = node.parentElement;
      if (!owner || !node.data.trim() || owner.closest('script, style, option') || !seen(owner)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rects = [...range.getClientRects()].filter((rect) => rect.width > 0 && rect.height > 0);
      if (rects.length === 0) continue;
      const whole: Box = {
        left: Math.min(...rects.map((rect) => rect.left)),
        top: Math.min(...rects.map((rect) => rect.top)),
        right: Math.max(...rects.map((rect) => rect.right)),
        bottom: Math.max(...rects.map((rect) => rect.bottom)),
      };
      const within = reach(owner, whole);
      // Wholly scrolled away: nobody looks for it here.
      const scrolled = owner.closest('[data-sideways]');
      if (scrolled && (within.right <= within.left || within.bottom <= within.top)) continue;
      if (!owner.closest(mayEnd)) {
        const cell = owner.closest('[data-sideways]');
        // A line of the list moves sideways as a whole; only its own cell may cut a text of it.
        let cut = within.cutX;
        if (cell) {
          const field = owner.closest('[data-field]');
          cut = field ? Math.max(whole.right - inner(field).right, inner(field).left - whole.left) : 0;
        }
        if (cut > slack)
          found.add(`cut text “${short(node.data)}” by ${Math.round(cut)} px in ${placeOf(owner)}`);
        else if (!owner.closest('[data-row]') && within.cutY > 4)
          found.add(
            `cut text “${short(node.data)}” by ${Math.round(within.cutY)} px of height in ${placeOf(owner)}`,
          );
      }
      if (within.right - within.left > slack && within.bottom - within.top > slack)
        for (const rect of rects) {
          const box = {
            left: Math.max(rect.left, within.left),
            right: Math.min(rect.right, within.right),
            top: Math.max(rect.top + rect.height * 0.15, within.top),
            bottom: Math.min(rect.bottom - rect.height * 0.15, within.bottom),
          };
          // Of what is scrolled away but for a line of pixels nobody says where it is.
          if (box.right - box.left > slack && box.bottom - box.top > 2 * slack)
            texts.push({ node, owner, box, layer: layerOf(owner) });
        }
    }
    texts.sort((a, b) => a.box.top - b.box.top);
    const shownAt = (one: Element, box: Box) => {
      const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      return hit !== null && (one.contains(hit) || hit.contains(one));
    };
    for (const [at, one] of texts.entries()) {
      for (let next = at + 1; next < texts.length; next++) {
        const other = texts[next]!;
        if (other.box.top >= one.box.bottom) break;
        if (other.node === one.node || other.layer !== one.layer) continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        if (wide <= slack || high <= slack) continue;
        if (!shownAt(one.owner, one.box) || !shownAt(other.owner, other.box)) continue;
        found.add(
          `text “${short(one.node.data)}” and “${short(other.node.data)}” overlap in ${placeOf(one.owner)}`,
        );
      }
    }

    // Text under something else of its layer. Lines of the list pass under its pinned columns.
    for (const { node, owner, box, layer } of texts) {
      const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      if (!hit || owner.contains(hit) || hit.contains(owner) || owner.closest('[data-sideways], thead, th'))
        continue;
      if (layerOf(hit) !== layer || (modal && layer !== modal)) continue;
      if (!hit.textContent?.trim() && styleOf(hit).backgroundColor === 'rgba(0, 0, 0, 0)') continue; // seen through
      if (owner.closest('label')?.contains(hit) || hit.closest('button, a, label')?.contains(owner)) continue;
      found.add(`text “${short(node.data)}” lies under ${nameOf(hit)} in ${placeOf(hit)}`);
    }

    // What scrolls sideways without being a table or a page of text.
    for (const one of document.querySelectorAll<HTMLElement>('body *')) {
      if (one.scrollWidth <= one.clientWidth + slack || !seen(one)) continue;
      if (!/auto|scroll/.test(styleOf(one).overflowX)) continue;
      if (
        one.matches('[role=grid], .card .heat, pre, input, textarea') ||
        one.querySelector('table, [data-sideways], svg.timeline, [role=group] svg')
      )
        continue;
      found.add(`${placeOf(one)} scrolls sideways by ${one.scrollWidth - one.clientWidth} px`);
    }

    // What is typed or chosen, and hints in empty fields.
    for (const field of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
      if (!seen(field) || field.closest(mayEnd)) continue;
      const style = styleOf(field);
      const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const text =
        field instanceof HTMLSelectElement
          ? (field.selectedOptions[0]?.textContent ?? '').trim()
          : /^(text|search|password|url|number|)$/.test(field.type)
            ? field.value || field.placeholder
            : '';
      if (!text) continue;
      const pen = document.createElement('canvas').getContext('2d')!;
      pen.font = style.font;
      const wide = pen.measureText(text).width;
      if (wide > room + slack)
        found.add(`cut value “${short(text)}” by ${Math.round(wide - room)} px in ${nameOf(field)}`);
    }

    // Controls.
    const controls = [
      ...document.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, [role=tab]'),
    ]
      .filter((one) => seen(one) && !one.closest('[data-row]') && !(one as HTMLInputElement).disabled)
      .map((one) => ({ one, box: one.getBoundingClientRect(), layer: layerOf(one) }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    for (const { one, box, layer } of controls) {
      const within = reach(styleOf(one).position === 'fixed' ? null : one.parentElement, box);
      if (within.cutX > 2)
        found.add(`control ${nameOf(one)} is cut by ${Math.round(within.cutX)} px in ${placeOf(one)}`);
      else if (within.cutY > 4)
        found.add(
          `control ${nameOf(one)} is cut by ${Math.round(within.cutY)} px of height in ${placeOf(one)}`,
        );
      if (within.right - within.left < 2 || within.bottom - within.top < 2) continue; // scrolled away
      if (modal && !modal.contains(one) && layer !== modal) continue;
      const part = { left: within.left, right: within.right, top: within.top, bottom: within.bottom };
      const hit = document.elementFromPoint((part.left + part.right) / 2, (part.top + part.bottom) / 2);
      if (
        hit &&
        !one.contains(hit) &&
        !hit.contains(one) &&
        !hit.closest('.tokens') && // lie over the button that opens them
        !hit.closest('label')?.contains(one) &&
        !hit.closest('.tokens')
      )
        found.add(`control ${nameOf(one)} is covered by ${nameOf(hit)} in ${placeOf(hit)}`);
    }
    return [...found];
  });
}
