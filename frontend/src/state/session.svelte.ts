import { backend, on, type app, type profile } from '$lib/backend';
import { setZone } from '$lib/format';
import { loadLanguage, setLanguage } from '$lib/i18n';
import { Kept } from './kept';

/** How many changes are not done: those that wait, were refused, or are to be done by hand. */
export function unfinished(sync: app.SyncStatus | undefined): number {
  return sync ? sync.waiting + sync.refused + sync.todo : 0;
}

/** How often the program is asked whether the stored data are open. */
const openingEvery = 200; // ms

/** The open profile, the person's settings and the state of sync, shared by every screen. */
class Session {
  state = $state.raw<app.SessionState>();
  settings = $state.raw<profile.Settings>();
  sync = $state.raw<app.SyncStatus>();
  /** How many times presentation mode was turned on or off; with each turn the screens begin again. */
  turns = $state(0);

  readonly #kept = new Kept<profile.Settings>(
    (settings) => backend.preferences.Set(settings),
    (settings) => this.#apply(settings),
  );
  /** From this computer's clock to the program's, which a test may have fixed. */
  #ahead = 0; // ms
  /** How many times the state of sync was told. */
  #heard = 0;

  readonly ready = $derived(this.state?.mode === 'ready');
  /** Changes that somebody or something still has to see to; the badge and the pill both say so. */
  readonly unfinished = $derived(unfinished(this.sync));
  /** Presentation mode: what the program answers names no customer. */
  readonly presenting = $derived(this.settings?.presentation ?? false);
  readonly offline = $derived(this.sync?.state === 'offline');

  /** The present moment as the program sees it, UTC ms. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Asks who is here and listens to sync; rejects when the program does not answer. */
  async start(): Promise<() => void> {
    let state = await backend.session.State();
    await loadLanguage(state.settings.lang); // nothing shows in another language first
    while (state.mode === 'opening') {
      this.adopt(state);
      await new Promise((resolve) => setTimeout(resolve, openingEvery));
      state = await backend.session.State();
    }
    await loadLanguage(state.settings.lang);
    this.adopt(state);
    if (state.mode === 'locked') return () => {}; // there is nothing to follow
    const stops = [
      on('sync:status', (status) => {
        this.#heard++;
        this.sync = status;
      }),
      on('events:open', () => void this.#ask()),
    ];
    await this.#ask();
    return () => stops.forEach((stop) => stop());
  }

  /** Asks for the state of sync; what is told meanwhile is newer than the answer. */
  async #ask(): Promise<void> {
    const heard = this.#heard;
    const status = await backend.sync.Status().catch(() => undefined);
    if (status && heard === this.#heard) this.sync = status;
  }

  /** Takes over a new state, for example after connecting or leaving the demo. */
  adopt(state: app.SessionState): void {
    this.state = state;
    this.#ahead = state.nowMs > 0 ? state.nowMs - Date.now() : 0;
    this.#kept.adopt(state.settings);
    setZone(state.zone);
  }

  /** Keeps changed settings; they show at once and are put back when they cannot be kept. */
  change(patch: Partial<profile.Settings>): Promise<void> {
    return this.#kept.change(patch);
  }

  #apply(settings: profile.Settings): void {
    this.settings = settings;
    setLanguage(settings.lang, settings.region);
    const root = document.documentElement;
    if (settings.theme === 'light' || settings.theme === 'dark') root.dataset.theme = settings.theme;
    else delete root.dataset.theme;
    root.dataset.density = settings.density || 'standard';
    if (settings.reduceMotion) root.dataset.motion = 'less';
    else delete root.dataset.motion;
    root.style.setProperty('--text-size', String((settings.textSize || 100) / 100));
  }
}

export const session = new Session();
