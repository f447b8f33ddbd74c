// The lists that others ask for (A15, R58), as rows under their titles.
import { censusTable, inspectionTable, trainingTable, type ExportedPlacement, type Setting } from '../../domain/exports';
import { flourishBeforeItsPanel, refocusBeforeTheMultiAgencyPanel } from '../support/story';

const setting = (code: string, name: string, more: Partial<Setting> = {}): Setting => ({
  ...{ code, name, urn: null, ukprn: null, address: null },
  ...more,
});
const student = { name: 'Sample Student (fictitious)', dateOfBirth: '2011-05-04', upn: 'H801200001001', yearsAbove: 0 };

function flourish(): ExportedPlacement {
  const told = flourishBeforeItsPanel();
  told.at('2024-12-16T14:00Z').chair.approves().cap.sendsThePackTo('TP-ONE');
  told.at('2024-12-18T10:00Z').provider.holdsTheInterview().provider.accepts();
  const { state } = told.school.does('confirmStart', { start: '2025-01-13', weekdays: 'tue,thu' });
  return {
    ...{ state, student, start: '2025-01-13', end: '2025-04-11', left: null, course: null },
    school: setting('SCH-A', 'Alderbrook School (fictitious)', { urn: '100001' }),
    host: setting('TP-ONE', 'First Steps Training (fictitious)', { ukprn: '10000001', address: '1 Sample Street' }),
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
    ...{ Provider: 'First Steps Training (fictitious)', Address: '1 Sample Street', 'Students there': '2' },
    ...{ 'Year group': 'Year 9', 'Start date': '2025-01-13', 'Sessions a week': '4' },
  });
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
