import { expect, test } from 'vitest';
import { readDay, readHolidays, usualHours, writeDay } from './hours';

test('hours of a day are read and written', () => {
  const lunch = [
    { from: 480, to: 720 },
    { from: 750, to: 1020 },
  ];
  expect(readDay('8:00–12:00, 12:30–17:00')).toEqual(lunch);
  expect(readDay('8-12,12:30-17')).toEqual(lunch);
  expect(writeDay(lunch)).toBe('8:00–12:00, 12:30–17:00');
  expect(readDay(writeDay(lunch))).toEqual(lunch);
  expect(readDay(' ')).toEqual([]);
  expect(readDay('0:00–24:00')).toEqual([{ from: 0, to: 1440 }]);
  for (const wrong of [
    '8',
    '17:00-8:00',
    '8:00-25:00',
    '8:60-9:00',
    '8:00-9:00-10:00',
    '8:00-9:00,',
    'all day',
  ])
    expect(readDay(wrong), wrong).toBeUndefined();
});

test('days off are read in both ways of writing', () => {
  expect(readHolidays('2026-12-31, 24. 12. 2026, 1.5.2027')).toEqual([
    '2026-12-31',
    '2026-12-24',
    '2027-05-01',
  ]);
  expect(readHolidays('')).toEqual([]);
  for (const wrong of ['2026-13-01', '31. 2. 2026', '31.12.', 'Christmas'])
    expect(readHolidays(wrong), wrong).toBeUndefined();
});

test('hours begin with those of an office', () => {
  expect(usualHours().week.map(writeDay)).toEqual([...Array<string>(5).fill('8:00–17:00'), '', '']);
});
