/** A key combination by physical key, so that digits work on every layout. */
export interface Shortcut {
  /** KeyboardEvent.code for letters and digits, KeyboardEvent.key for named keys. */
  key: string;
  control?: boolean;
  shift?: boolean;
  alt?: boolean;
  /** The key means something of its own where text is typed. */
  outsideText?: boolean;
}

/** Whether somebody types into it. */
function takesText(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea'))
  );
}

/** Whether an event is this combination. Control is Command on macOS; AltGr never counts. */
export function matches(event: KeyboardEvent, shortcut: Shortcut): boolean {
  if (event.isComposing || (event.ctrlKey && event.altKey)) return false;
  if (shortcut.outsideText && takesText(event.target)) return false;
  const control = event.ctrlKey || event.metaKey;
  return (
    (event.code === shortcut.key || event.key === shortcut.key) &&
    control === Boolean(shortcut.control) &&
    event.shiftKey === Boolean(shortcut.shift) &&
    event.altKey === Boolean(shortcut.alt)
  );
}

/** The regions of the window in the order of F6; the chat is one inside the details. */
const regions = ['top', 'filter', 'list', 'main', 'detail', 'chat', 'status'] as const;

/** Moves the focus to the next region (or the one before), to where it takes the focus. */
export function nextRegion(back: boolean): void {
  const present = regions
    .map((name) => document.querySelector<HTMLElement>(`[data-region="${name}"], .${name}-pane`))
    .filter((region) => region?.checkVisibility({ visibilityProperty: true }) === true)
    .map((region) => region!);
  if (present.length === 0) return;
  const at = present.findLastIndex((region) => region.contains(document.activeElement));
  const next = present[(at + (back ? -1 : 1) + present.length) % present.length];
  if (!next) return;
  if (next.tabIndex >= 0) {
    next.focus();
    return;
  }
  const target = next.querySelector<HTMLElement>(
    '[tabindex="0"], a[href], button:not(:disabled):not([tabindex="-1"]), input:not(:disabled):not([tabindex="-1"])',
  );
  if (!target) next.tabIndex = -1;
  (target ?? next).focus();
}
