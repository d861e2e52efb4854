import { tOr, type Params } from '$lib/i18n';

/** What a call answers when it could not be done: a code of the catalogue with its parameters. */
export class BackendError extends Error {
  constructor(
    readonly code: string,
    readonly params: Params = {},
  ) {
    super(code);
    this.name = 'BackendError';
  }
}

function fromObject(value: unknown): BackendError | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value)) return undefined;
  const { code, params } = value as { code: unknown; params?: unknown };
  if (typeof code !== 'string') return undefined;
  return new BackendError(code, typeof params === 'object' && params !== null ? (params as Params) : {});
}

/**
 * Makes a BackendError of whatever a call was rejected with. The window hands over the
 * error's text (JSON of code and params), the browser the decoded object; anything else is
 * a fault of ours and carries the code "internal".
 */
export function decodeError(reason: unknown): BackendError {
  if (reason instanceof BackendError) return reason;
  const text = reason instanceof Error ? reason.message : reason;
  if (typeof text === 'string') {
    try {
      return fromObject(JSON.parse(text)) ?? new BackendError('internal');
    } catch {
      return new BackendError('internal');
    }
  }
  return fromObject(text) ?? new BackendError('internal');
}

/** The sentence for a person: what happened, what it means, what to do. */
export function errorText(reason: unknown): string {
  const error = decodeError(reason);
  return codeText(error.code, error.params);
}

/** The sentence of a code that came as data, for example in the state of a sync. */
export function codeText(code: string, params: Params = {}): string {
  const known = code === 'query' ? { ...params, reason: reasonText(params) } : params;
  return tOr(`error.${code}`, tOr('error.internal', code), known);
}

/** What is wrong with a filter has a message of its own; its parts come by the names that the code has for them. */
function reasonText(params: Params): string {
  const said = { ...params };
  if (params.field) said.field = tOr(`field.${params.field}`, String(params.field));
  if (params.op) said.op = tOr(`op.${params.op}`, String(params.op));
  return tOr(`query.${params.text}`, String(params.reason), said);
}
