// The lists that others ask for (A15, R58), as rows under their titles.
import { censusTable, inspectionTable, trainingTable, type ExportedPlacement, type Setting } from '../../domain/exports';
import type { ListedCourse } from '../../domain/courses';
import type { Site } from '../../domain/sites';
import { flourishBeforeItsPanel, refocusBeforeTheMultiAgencyPanel } from '../support/story';

const setting = (code: string, name: string, more: Partial<Setting> = {}): Setting => ({
  ...{ code, name, urn: null, ukprn: null, address: null },
  ...more,
});
const site = (name: string): Site => ({ name, address: `1 ${name} Lane`, telephone: null });
const student = { name: 'Sample Student (fictitious)', dateOfBirth: '2011-05-04', upn: 'H801200001001', yearsAbove: 0 };

function flourish(): ExportedPlacement {
  const told = flourishBeforeItsPanel();
  told.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  told.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  const { state } = told.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,thu' });
  return {
    ...{ state, student, start: '2025-01-13', end: '2025-04-11', left: null, course: null, offered: {} },
    sites: [site('Main site')],
    school: setting('SCH-A', 'Alderbrook School (fictitious)', { urn: '100001' }),
    host: setting('TP-ONE', 'First Steps Training (fictitious)', { ukprn: '10000001' }),
  };
}

function refocus(): ExportedPlacement {
  const told = refocusBeforeTheMultiAgencyPanel();
  told.at('2024-12-17T14:00Z').secondChair.approves();
  told.at('2025-01-06T10:00Z').academy.onboards();
  const { state } = told.school.confirmsTheStart('2025-01-27');
  const host = setting('AP-ACADEMY', 'Coventry Alternative Provision Academy');
  return { ...flourish(), state, host, start: '2025-01-27', left: '2025-03-03' };
}

/** A row as what its titles say. */
const asSaid = ({ titles, rows }: ReturnType<typeof censusTable>) =>
  rows.map((row) => {
    expect(row).toHaveLength(titles.length);
    return Object.fromEntries(titles.map((title, index) => [title, row[index]]));
  });

test('the AP census has setting, kind, reason, entry and leaving dates, and the sessions of a week', () => {
  const [one, two] = asSaid(censusTable([flourish(), refocus()]));
  expect(one).toMatchObject({
    ...{ UPN: 'H801200001001', 'Home school URN': '100001', Setting: 'First Steps Training (fictitious)' },
    ...{ 'Setting UKPRN': '10000001', 'Kind of setting': 'Unregistered provider', Reason: 'Flourish' },
    ...{ 'Entry date': '2025-01-13', 'Leaving date': '', 'Sessions a week': '4' },
  });
  // Four days a week with the Academy (R80).
  expect(two).toMatchObject({ 'Kind of setting': 'AP academy or school', 'Leaving date': '2025-03-03', 'Sessions a week': '8' });
});

test('an inspector is given the students who are there now, each with the provider and how many it has', () => {
  const rows = asSaid(inspectionTable([flourish(), refocus(), flourish()], '2025-01-20'));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({
    ...{ Provider: 'First Steps Training (fictitious)', Address: '1 Main site Lane', 'Students there': '2' },
    ...{ 'Year group': 'Year 9', 'Start date': '2025-01-13', 'Sessions a week': '4' },
  });
});

test('an inspector is given the address at which the course runs now; where that is not known, those of all sites; of a school its own', () => {
  const workshop: ListedCourse = {
    ...{ code: 'T1-A', title: 'A', programme: 'tier-1-course', category: 'work-based-learning', provider: 'TP-ONE' },
    ...{ schoolWeeks: 38, places: null, days: null, site: 'Workshop' },
  };
  const two = { ...flourish(), sites: [site('Main site'), site('Workshop')] };
  const offered = { '2024-25': workshop, '2025-26': { ...workshop, site: 'Main site' } };
  const address = (one: ExportedPlacement, today = '2025-01-20') => asSaid(inspectionTable([one], today))[0]?.['Address'];
  expect(address(two)).toBe('1 Main site Lane; 1 Workshop Lane');
  expect([address({ ...two, offered }), address({ ...two, offered }, '2025-09-08')]).toEqual([
    '1 Workshop Lane',
    '1 Main site Lane',
  ]);
  // The pack went to another provider than the one that gives the course.
  const elsewhere = { '2024-25': { ...workshop, provider: 'TP-TWO' } };
  expect(address({ ...two, offered: elsewhere })).toBe('1 Main site Lane; 1 Workshop Lane');
  const host = setting('SCH-B', 'Birchfield School (fictitious)', { address: '1 School Lane' });
  expect([address({ ...two, host, sites: [] }), address({ ...two, sites: [] })]).toEqual(['1 School Lane', '']);
});

test('once it has ended it is listed with the days that were agreed for good, and the last day that was planned', () => {
  const told = flourishBeforeItsPanel();
  told.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  told.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  told.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,thu' }).at('2025-02-03T10:00Z');
  told.school.asksForOtherDays({ from: '2025-02-10', until: '2025-02-14', weekdays: 'mon,fri' });
  const { state } = told.cap.confirmsTheChangeOfDay().cap.recordsTheExit('ended-early');
  expect(state.position).toMatchObject({ stage: 'closed', end: '2025-04-11' });
  expect(asSaid(trainingTable([{ ...flourish(), state }]))).toMatchObject([{ 'Days of the week': 'tue,thu' }]);
  expect(asSaid(censusTable([{ ...flourish(), state }]))).toMatchObject([{ 'Sessions a week': '4' }]);
});

test('an inspector reads the year group of today, whichever year’s values the case goes by', () => {
  expect(asSaid(inspectionTable([flourish()], '2025-09-08'))).toMatchObject([{ 'Year group': 'Year 10' }]);
});

test('a training record has what CLM and Capita hold of a placement', () => {
  const [one] = asSaid(trainingTable([flourish()]));
  expect(one).toMatchObject({
    ...{ Programme: 'Flourish', Provider: 'First Steps Training (fictitious)', Start: '2025-01-13', End: '2025-04-11' },
    ...{ 'Days of the week': 'tue,thu', Left: '' },
  });
});
