import type { app, profile } from '$lib/backend/backend';

/** What stands between the messages of a transcript, and the messages themselves. */
export type Item =
  | { kind: 'day'; ms: number }
  | { kind: 'gap'; seconds: number }
  | { kind: 'first-reply'; seconds: number }
  | { kind: 'window-closed'; ms: number }
  | { kind: 'step'; step: profile.Step }
  | { kind: 'message'; message: app.Message; follows: boolean };

/** A pause worth a line of its own. */
export const gapSeconds = 5 * 60;
/** How long after a customer's message WhatsApp lets a company answer freely. */
export const replyWindowMs = 24 * 60 * 60 * 1000;

export interface TranscriptInput {
  messages: readonly app.Message[];
  process: readonly profile.Step[];
  firstReplyS: number; // -1 unknown or never
  openUntilMs: number; // now while the interaction is open, 0 once it ended
  dayOf: (ms: number) => string; // the calendar day in the contact centre's zone
}

const shownSteps = new Set(['queued', 'transferred', 'bot', 'ended']);

/** Lays out a transcript in order of time: a step that began with a message stands after it. */
export function layOut(input: TranscriptInput): Item[] {
  const steps = input.process.filter((step) => shownSteps.has(step.step));
  const entries = [
    ...input.messages.map((message) => ({ ms: message.timeMs, message, step: undefined })),
    ...steps.map((step) => ({ ms: step.timeMs, message: undefined, step })),
  ].sort((a, b) => a.ms - b.ms);

  const items: Item[] = [];
  const firstReply = firstReplyName(input.messages);
  let last: { ms: number; day: string } | undefined;
  let before: app.Message | undefined; // the message right above, with nothing in between
  let heardMs = 0; // the customer's last message

  for (const { ms, message, step } of entries) {
    const day = input.dayOf(ms);
    const marks = items.length;
    if (day !== last?.day) items.push({ kind: 'day', ms });
    if (heardMs > 0 && ms > heardMs + replyWindowMs && message?.direction === 'OUT') {
      items.push({ kind: 'window-closed', ms: heardMs + replyWindowMs });
      heardMs = 0;
    }
    if (message && message.name === firstReply && input.firstReplyS >= 0) {
      items.push({ kind: 'first-reply', seconds: input.firstReplyS });
    } else if (last && day === last.day && items.length === marks) {
      const seconds = Math.floor((ms - last.ms) / 1000);
      if (seconds > gapSeconds) items.push({ kind: 'gap', seconds });
    }
    if (items.length > marks) before = undefined;

    if (message) {
      items.push({ kind: 'message', message, follows: before !== undefined && sameSide(before, message) });
      before = message;
      if (message.direction === 'IN') heardMs = ms;
    } else if (step) {
      items.push({ kind: 'step', step });
      before = undefined;
    }
    last = { ms, day };
  }
  if (heardMs > 0 && input.openUntilMs > heardMs + replyWindowMs) {
    items.push({ kind: 'window-closed', ms: heardMs + replyWindowMs });
  }
  return items;
}

/** The first message a person of the company sent after the customer wrote. */
function firstReplyName(messages: readonly app.Message[]): string | undefined {
  const asked = messages.findIndex((message) => message.direction === 'IN');
  if (asked < 0) return undefined;
  return messages.slice(asked).find((message) => message.direction === 'OUT' && message.type === 'PUBLIC')
    ?.name;
}

function sameSide(a: app.Message, b: app.Message): boolean {
  return a.direction === b.direction && a.type === b.type && a.from === b.from;
}

/** The place of a message in a laid-out transcript, or -1. */
export function indexOfMessage(items: readonly Item[], name: string): number {
  return items.findIndex((item) => item.kind === 'message' && item.message.name === name);
}
