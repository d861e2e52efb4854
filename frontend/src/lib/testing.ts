import { beforeEach } from 'vitest';
import { setZone } from './format';
import { setLanguage } from './i18n';

// All files run in one process: what a test sets, the next one must not meet.
beforeEach(() => {
  setLanguage('en', '');
  setZone('UTC');
});
