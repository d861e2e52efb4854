import { backend, type profile } from '$lib/backend';
import { t } from '$lib/i18n';

/** The profiles of this computer, of which one is open. */
class Profiles {
  all = $state.raw<profile.Known[]>([]);

  /** Those that can be gone over to. */
  readonly others = $derived(this.all.filter((one) => !one.open));

  async load(): Promise<void> {
    this.all = await backend.session.Profiles();
  }
}

export const profiles = new Profiles();

/** What people call a profile: the company and who is signed in, or the name of the opened file. */
export function profileName(one: profile.Known): string {
  if (one.kind === 'demo') return t('profile.demo');
  return one.login ? t('profile.named', { company: one.company, login: one.login }) : one.company;
}
