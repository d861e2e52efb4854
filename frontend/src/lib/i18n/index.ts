export {
  has,
  i18n,
  inEveryLanguage,
  loadLanguage,
  setLanguage,
  t,
  tOr,
  type Key,
  type Lang,
  type Params,
} from './i18n.svelte';
