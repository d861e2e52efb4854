export { default as FilterArea } from './FilterArea.svelte';
export { default as SaveViewDialog } from './SaveViewDialog.svelte';

/** Loaded when it is first opened. */
export const AdvancedSheet = () => import('./AdvancedSheet.svelte');
