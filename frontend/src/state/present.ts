import { tick } from 'svelte';
import { errorText } from '$lib/backend';
import { announce } from './announce.svelte';
import { list } from './list.svelte';
import { session } from './session.svelte';

const rereads: (() => Promise<unknown>)[] = [];

/** Names what a screen leaves behind in the page, and has to be asked for anew when the mode changes. */
export function rereadOnTurn(reread: () => Promise<unknown>): void {
  rereads.push(reread);
}

/**
 * Turns presentation mode on or off. What the page has was answered under the other mode: what
 * outlives a screen is asked for anew, and every screen and dialog begins again.
 */
export async function present(on: boolean): Promise<void> {
  try {
    await session.change({ presentation: on });
    list.dropRows();
    for (const reread of rereads) await reread();
    const focused = document.activeElement?.id;
    session.turns++;
    await tick();
    if (focused) document.getElementById(focused)?.focus();
  } catch (reason) {
    announce(errorText(reason), 'assertive');
  }
}
