export {
  formatDate,
  formatDateTime,
  formatDay,
  formatDayRange,
  formatGap,
  formatLongDay,
  formatTime,
  formatWeekday,
  setZone,
  wallDay,
} from './dates.svelte';
export { formatBytes, formatDuration, formatNumber, formatPercent, formatRelative } from './numbers';
export { textWidth, widest } from './measure';
