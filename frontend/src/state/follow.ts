import { backend } from '$lib/backend';
import { router } from './router.svelte';

/**
 * Opens the details that a deep link or a unique name leads to; those of an activity with its
 * tab. What is not stored opens too, and says so.
 */
export async function follow(link: string): Promise<void> {
  const found = await backend.details.Find(link);
  router.go({
    page: 'interactions',
    name:
      found.interaction || (/activityDetail=([^&#]+)/.exec(link)?.[1] ?? link.replace(/^wapdesk:\/*/i, '')),
    tab: found.activity ? 'activity' : undefined,
    activity: found.activity || undefined,
  });
}
