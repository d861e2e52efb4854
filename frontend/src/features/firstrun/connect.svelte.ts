import { session } from '$state/session.svelte';
import { lastDays } from '$state/download';
import { backend, decodeError, type connection, type profile, type BackendError } from '$lib/backend';

export type FieldName = 'address' | 'token' | 'user' | 'password';

/** Which field of the form an error is about; none when it is about the connection as a whole. */
export function fieldOf(code: string, way: 'token' | 'password'): FieldName | undefined {
  switch (code) {
    case 'bad_address':
    case 'insecure_address':
    case 'unreachable':
    case 'certificate':
    case 'not_daktela':
    case 'redirected':
    case 'redirected_away':
      return 'address';
    case 'wrong_credentials':
    case 'no_credentials':
      return way === 'token' ? 'token' : 'password';
  }
  return undefined;
}

/** How many bytes an interaction takes with its messages, for the estimate only. */
const bytesEach = 14_000;

/** The form that connects to a contact centre. Secrets live here until the form is left. */
export class ConnectForm {
  address = $state('');
  way = $state<'token' | 'password'>('token');
  token = $state('');
  user = $state('');
  password = $state('');
  inFile = $state(false);
  days = $state('30');

  busy = $state<'test' | 'start'>();
  report = $state.raw<connection.Report>();
  error = $state.raw<BackendError>();
  tried = $state(false);

  readonly missing = $derived(
    this.tried
      ? (['address', ...(this.way === 'token' ? ['token'] : ['user', 'password'])] as FieldName[]).filter(
          (field) => this[field].trim() === '',
        )
      : [],
  );
  readonly wrong = $derived(this.error && fieldOf(this.error.code, this.way));
  readonly estimate = $derived.by(() => {
    const known = this.report?.interactions ?? -1;
    if (known < 0) return undefined;
    const rows = Math.round((known / 30) * Number(this.days));
    return { rows, bytes: rows * bytesEach };
  });

  /** What was found holds only for what was typed. */
  touched(): void {
    this.report = undefined;
    this.error = undefined;
  }

  #input(): profile.ConnectionInput {
    const token = this.way === 'token';
    return {
      address: this.address.trim(),
      token: token ? this.token.trim() : '',
      user: token ? '' : this.user.trim(),
      password: token ? '' : this.password,
      inFile: this.inFile,
    };
  }

  /** Tests the connection; true when it works. */
  async test(): Promise<boolean> {
    this.tried = true;
    if (this.missing.length > 0 || this.busy) return false;
    this.busy = 'test';
    this.error = undefined;
    try {
      this.report = await backend.session.TestConnection(this.#input());
      return true;
    } catch (reason) {
      this.report = undefined;
      this.error = decodeError(reason);
      return false;
    } finally {
      this.busy = undefined;
    }
  }

  /** Keeps the connection, opens its profile and begins to download. */
  async start(lang: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = 'start';
    try {
      session.adopt(await backend.session.Connect(this.#input()));
      this.token = '';
      this.password = '';
      if (session.settings?.lang !== lang) await session.change({ lang });
      await backend.sync.Start({ ...lastDays(Number(this.days), session.now()), deep: false });
      return true;
    } catch (reason) {
      this.error = decodeError(reason);
      return false;
    } finally {
      this.busy = undefined;
    }
  }
}
