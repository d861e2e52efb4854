import type { app } from '$lib/backend';

/** The answers chosen so far, by the name of the question. */
export type Answers = Record<string, string[]>;

/** Whether a question is answered in one's own words; of one without choices only Daktela knows what it takes. */
export function isFree(question: app.QAQuestionInfo): boolean {
  return question.type === 'TEXTAREA' || question.options.length === 0;
}

/** The answers without those that are empty. */
export function given(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(([, values]) => values.some((value) => value.trim() !== '')),
  );
}

/** The questions that take one answer and have none, by their names; ticking none and writing nothing are answers. */
export function unanswered(form: app.QAFormInfo, answers: Answers): string[] {
  return form.questions
    .filter((one) => isSingle(one.type) && !isFree(one) && !answers[one.name]?.length)
    .map((one) => one.name);
}

/**
 * The score a form gives, as the program counts it: its initial score with the points of every chosen
 * answer, the least where an answer disqualifies, never below the minimum when the form has one (-1 means
 * it has none). Undefined where an answer has points that only Daktela knows.
 */
export function scoreOf(form: app.QAFormInfo, answers: Answers): number | undefined {
  let score = form.initialScore;
  let disqualified = false;
  for (const question of form.questions) {
    const given = answers[question.name] ?? [];
    if (question.type !== 'TEXTAREA' && isFree(question) && given.some((value) => value.trim() !== ''))
      return undefined;
    for (const value of given) {
      const points = question.options.find((option) => option.value === value)?.points ?? 0;
      score += points;
      disqualified ||= question.disqualify && points < 0;
    }
  }
  if (disqualified) return Math.max(form.minimumScore, 0);
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
