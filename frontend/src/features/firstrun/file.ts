import type { profile } from '$lib/backend';

/** Whether a file was read without anything to tell: then its list is shown at once. */
export function complete(report: profile.OpenReport): boolean {
  return report.skipped.length === 0 && report.unknown.length === 0 && report.notices.length === 0;
}
