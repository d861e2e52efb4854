import type { app } from '$lib/backend';

/** The answers chosen so far, by the name of the question. */
export type Answers = Record<string, string[]>;

/**
 * The score a form gives: its initial score with the points of every chosen answer, never
 * below the minimum when the form has one (-1 means it has none).
 */
export function scoreOf(form: app.QAFormInfo, answers: Answers): number {
  let score = form.initialScore;
  for (const question of form.questions) {
    for (const value of answers[question.name] ?? []) {
      score += question.options.find((option) => option.value === value)?.points ?? 0;
    }
  }
  return form.minimumScore >= 0 ? Math.max(form.minimumScore, score) : score;
}

/** Points as they are shown beside an answer: +5, −3. */
export function pointsText(points: number, format: (value: number) => string): string {
  return points > 0 ? `+${format(points)}` : points < 0 ? `−${format(-points)}` : format(0);
}

/** Whether a question takes one answer of several. */
export function isSingle(type: string): boolean {
  return type === 'SELECTBOX' || type === 'SCALE';
}
