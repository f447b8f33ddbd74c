// A provider marks the register of the day at a telephone, signed in as everybody signs in, and the home school finds who was absent (A5, R97).
import { morning } from '../../activities/morning';
import { placedOnTuesdays } from '../api/submitted';
import { openBrowsers, type Browsers } from './browsers';
import { fillAndSend, follows } from './fill';

let browsers: Browsers;
let reference: string;
beforeAll(async () => {
  browsers = await openBrowsers('2024-11-20T10:00:00.000Z', { width: 375, height: 667 });
  reference = await placedOnTuesdays(browsers.doors);
}, 60_000);
afterAll(() => browsers.stop());

test('a provider marks everybody present but one afternoon in a few taps, and the home school sees that absence next morning', async () => {
  browsers.at('2024-12-10T15:00:00.000Z');
  const host = await browsers.as('provider.one');
  await host.getByRole('button', { name: 'Menu' }).click();
  await follows(host, host.getByRole('link', { name: 'Registers' }));
  await follows(host, host.getByRole('button', { name: 'Mark today’s register' }));
  await follows(host, host.getByRole('button', { name: 'Everybody present' }));
  const afternoon = host.getByRole('group', { name: /^Afternoon ?, Wilhelmina Featherstone$/ });
  await afternoon.getByText('Absent').click();
  await fillAndSend(host, {}, 'Save the register');
  expect(await host.getByRole('alert').innerText()).toContain('The register is saved');
  expect(await afternoon.getByRole('radio', { name: 'Absent' }).isChecked()).toBe(true);
  expect(await host.evaluate('document.documentElement.scrollWidth')).toBe(375);

  const morningAfter = '2024-12-11T07:30:00.000Z';
  await morning(browsers.doors.worker, morningAfter);
  browsers.at(morningAfter);
  const school = await browsers.as('school.alder');
  await school.goto(`${browsers.url}/registers/REG-2024-12-11`);
  const told = school.getByRole('table', { name: 'Absences that home schools were told of' });
  expect(await told.getByRole('row').nth(1).innerText()).toMatch(/Wilhelmina Featherstone[^]*Tue 10 Dec 2024, afternoon/);
  await follows(school, told.getByRole('link').first());
  expect(new URL(school.url()).pathname).toBe(`/cases/${reference}/attendance`);
  expect(await school.locator('main').innerText()).toMatch(/Morning\s*Present\s*Afternoon\s*Absent/);
  expect(browsers.complaints).toEqual([]);
});
