import { firstFilter } from '$features/filters/filter';
import { filters } from '$features/filters/filters.svelte';
import { titles } from '$features/filters/options.svelte';
import { views } from '$features/filters/views.svelte';
import { list } from '$state/list.svelte';
import { profiles } from '$state/profiles.svelte';
import { router } from '$state/router.svelte';
import { session } from '$state/session.svelte';
import { backend, type app } from '$lib/backend';

/** Goes over to a profile that has been opened and shows its list. */
export async function enter(state: app.SessionState): Promise<void> {
  list.forget();
  titles.forget();
  session.adopt(state);
  session.sync = await backend.sync.Status().catch(() => session.sync);
  await Promise.allSettled([views.renew(), profiles.load()]); // without a profile there are no views
  filters.apply(firstFilter(state.readOnly));
  router.go({ page: 'interactions' });
}
