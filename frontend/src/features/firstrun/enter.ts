import { firstFilter } from '$features/filters/filter';
import { filters } from '$features/filters/filters.svelte';
import { router } from '$state/router.svelte';
import { session } from '$state/session.svelte';
import { backend, type app } from '$lib/backend';

/** Goes over to a profile that has been opened and shows its list. */
export async function enter(state: app.SessionState): Promise<void> {
  session.adopt(state);
  session.sync = await backend.sync.Status().catch(() => session.sync);
  filters.apply(firstFilter(state.readOnly));
  router.go({ page: 'interactions' });
}
