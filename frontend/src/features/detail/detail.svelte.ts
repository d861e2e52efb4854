import { backend, decodeError, on, type app, type BackendError } from '$lib/backend';

/** How long a block may stay empty before it shows that it is loading. */
const patienceMs = 300;

/** The details of the interaction on the screen; an answer for an earlier one is dropped. */
export class DetailLoader {
  detail = $state.raw<app.Detail>();
  error = $state.raw<BackendError>();
  slow = $state(false);
  downloading = $state(false);

  #name = '';
  #round = 0;
  /** Questions asked so far, and the one whose answer is on the screen: an older one comes too late. */
  #asked = 0;
  #shown = 0;

  /** Shows another interaction; the old one stays until the answer comes or takes too long. */
  async open(name: string): Promise<void> {
    this.#name = name;
    const round = ++this.#round;
    this.error = undefined;
    const timer = setTimeout(() => {
      if (round !== this.#round) return;
      this.slow = true;
      if (this.detail?.row.name !== name) this.detail = undefined;
    }, patienceMs);
    try {
      const detail = await backend.details.Open(name);
      if (round === this.#round) this.detail = detail;
    } catch (reason) {
      if (round !== this.#round) return;
      this.error = decodeError(reason);
      this.detail = undefined;
    } finally {
      clearTimeout(timer);
      if (round === this.#round) this.slow = false;
    }
  }

  /** Reads the same interaction again, silently. */
  async reload(): Promise<void> {
    const round = this.#round;
    const asked = ++this.#asked;
    const late = () => round !== this.#round || asked < this.#shown;
    try {
      const detail = await backend.details.Open(this.#name);
      if (late()) return;
      this.#shown = asked;
      this.error = undefined; // it may have been stored meanwhile
      this.detail = detail;
    } catch (reason) {
      const error = decodeError(reason);
      // What is no longer stored, or permitted, does not stay on the screen.
      if (late() || error.code !== 'not_found') return;
      this.#shown = asked;
      this.error = error;
      this.detail = undefined;
    }
  }

  /** Shows what was not stored before; the name may be that of one of its activities. */
  found(name: string, detail: app.Detail): void {
    if (name !== this.#name) return;
    this.#shown = ++this.#asked;
    this.error = undefined;
    this.detail = detail;
  }

  /** Takes over what a change answered, if it is still the one on the screen. */
  adopt(detail: app.Detail): void {
    if (detail.row.name !== this.detail?.row.name) return;
    this.#shown = ++this.#asked;
    this.detail = detail;
  }

  async downloadMessages(): Promise<void> {
    this.downloading = true;
    try {
      this.adopt(await backend.details.DownloadMessages(this.#name));
    } finally {
      this.downloading = false;
    }
  }

  /** Downloads one attachment and puts it where the message shows it. */
  async downloadFile(id: string): Promise<void> {
    const file = await backend.details.DownloadFile(this.#name, id);
    if (!this.detail) return;
    const messages = this.detail.messages.map((message) =>
      message.files.some((other) => other.id === id)
        ? { ...message, files: message.files.map((other) => (other.id === id ? file : other)) }
        : message,
    );
    const files = this.detail.files.map((other) => (other.id === id ? file : other));
    this.detail = { ...this.detail, messages, files };
  }

  /** Follows what the sync and the person's changes do to the data, until the result is called. */
  watch(): () => void {
    const stops = [
      on('data:changed', () => void this.reload()),
      on('changes:updated', () => void this.reload()),
    ];
    return () => stops.forEach((stop) => stop());
  }
}
