import { beforeEach } from 'vitest';
import { setZone } from './format';
import { loadLanguage, setLanguage } from './i18n';

await loadLanguage('cs');

// All files run in one process: what a test sets, the next one must not meet.
beforeEach(() => {
  setLanguage('en', '');
  setZone('UTC');
});
