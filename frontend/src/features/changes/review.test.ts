import { describe, expect, it } from 'vitest';
import type { app } from '$lib/backend';
import { pointsText, scoreOf } from './review';

const option = (value: string, points: number): app.QAOptionInfo => ({ value, title: value, points });
const form: app.QAFormInfo = {
  name: 'f',
  title: 'Form',
  initialScore: 50,
  minimumScore: 10,
  questions: [
    {
      name: 'greeting',
      title: '',
      type: 'SELECTBOX',
      disqualify: false,
      options: [option('yes', 20), option('no', -30)],
    },
    {
      name: 'tone',
      title: '',
      type: 'CHECKBOX',
      disqualify: false,
      options: [option('warm', 5), option('rude', -60)],
    },
    {
      name: 'data',
      title: '',
      type: 'SELECTBOX',
      disqualify: true,
      options: [option('no', 0), option('yes', -5)],
    },
    { name: 'bare', title: '', type: 'SCALE', disqualify: false, options: [] },
    { name: 'note', title: '', type: 'TEXTAREA', disqualify: false, options: [] },
  ],
};

describe('scoreOf', () => {
  it.each([
    [{}, 50],
    [{ greeting: ['yes'] }, 70],
    [{ greeting: ['no'], tone: ['warm'] }, 25],
    [{ greeting: ['no'], tone: ['rude'] }, 10],
    [{ note: ['5'] }, 50],
    [{ greeting: ['gone from the form'] }, 50],
    [{ greeting: ['yes'], data: ['yes'] }, 10],
    [{ data: ['no'] }, 50],
    [{ bare: ['5'] }, undefined],
    [{ bare: [' '] }, 50],
  ])('of %j is %s', (answers, want) => {
    expect(scoreOf(form, answers)).toBe(want);
  });

  it('has no floor without a minimum', () => {
    expect(scoreOf({ ...form, minimumScore: -1 }, { greeting: ['no'], tone: ['rude'] })).toBe(-40);
  });
});

it('shows points with their sign', () => {
  expect([5, -3, 0].map((points) => pointsText(points, String))).toEqual(['+5', '−3', '0']);
});
