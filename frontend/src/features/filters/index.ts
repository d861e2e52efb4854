export { default as Chips } from './Chips.svelte';
export { default as FilterBar } from './FilterBar.svelte';
export { default as SaveViewDialog } from './SaveViewDialog.svelte';

/** Loaded when it is first opened. */
export const AdvancedSheet = () => import('./AdvancedSheet.svelte');
