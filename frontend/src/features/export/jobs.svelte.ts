import { backend, on, type app, type profile } from '$lib/backend';

/** The export that is being written or was written last; it outlives the dialog. */
class ExportJob {
  progress = $state.raw<app.ExportProgress>();
  /** What was asked for, so that it can be saved elsewhere after an error. */
  request = $state.raw<profile.ExportRequest>();
  readonly running = $derived(this.progress?.state === 'running');

  #stop: (() => void) | undefined;

  /** Asks where to save and begins to write; a person who changed their mind leaves no trace. */
  async start(request: profile.ExportRequest): Promise<void> {
    this.#stop ??= on('export:progress', (progress) => this.#follow(progress));
    const progress = await backend.exports.Start(request);
    this.request = request;
    if (progress.state === 'cancelled') return;
    // A short file may be ready before the answer that it was begun.
    if (this.progress?.id !== progress.id) this.progress = progress;
  }

  #follow(progress: app.ExportProgress): void {
    const known = this.progress;
    if (known && Number(progress.id) < Number(known.id)) return;
    this.progress = progress;
    if (progress.state === 'done' && progress.url) fetchFile(progress.url, progress.file);
  }

  cancel(): void {
    if (this.progress) void backend.exports.Cancel(this.progress.id).catch(() => undefined);
  }

  dismiss(): void {
    if (!this.running) this.progress = undefined;
  }
}

/** In a browser the file waits at an address of its own and is taken from there once. */
function fetchFile(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}

export const exportJob = new ExportJob();
