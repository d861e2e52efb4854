export { has, i18n, setLanguage, t, tOr, type Key, type Lang, type Params } from './i18n.svelte';
