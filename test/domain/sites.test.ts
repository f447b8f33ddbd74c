// The sites of a provider: known by their names, and known again when they have another one (R107).
import { dependsOnSite, newNames, siteOf, type Site } from '../../domain/sites';

const site = (name: string, address = `1 ${name} Lane`): Site => ({ name, address, telephone: null });
const [main, workshop, kitchen] = [site('Main site'), site('Workshop'), site('Kitchen')];

test('a student goes to the site that the course names, else to the only one that the provider has', () => {
  expect(siteOf('Workshop', [main, workshop])).toBe(workshop);
  expect(siteOf(null, [main])).toBe(main);
  expect([siteOf(null, [main, workshop]), siteOf(null, []), siteOf('Kitchen', [main])]).toEqual([null, null, null]);
});

test('sites that move to another place in the list, or to another address, keep their names', () => {
  expect(newNames([main, workshop], [workshop, main, kitchen])).toEqual({});
  expect(newNames([main, workshop], [main, site('Workshop', '9 New Lane')])).toEqual({});
});

test('a site with another name at its address is known again, also in other letters and spaces', () => {
  expect(newNames([main, workshop], [main, site('Bike shed', ' 1 workshop  LANE')])).toEqual({ Workshop: 'Bike shed' });
  expect(newNames([workshop], [site('WORKSHOP', '9 New Lane')])).toEqual({ Workshop: 'WORKSHOP' });
});

test('a site that is taken out, or has another name and another address at once, is not known again', () => {
  expect(newNames([main, workshop], [main])).toEqual({ Workshop: null });
  expect(newNames([main, workshop], [main, site('Bike shed', '9 New Lane')])).toEqual({ Workshop: null });
});

test('nothing is guessed: names that changed places, a name given on to another site, two sites at one address', () => {
  const changed = [site('Workshop', main.address), site('Main site', workshop.address)];
  expect(newNames([main, workshop], changed)).toEqual({ 'Main site': null, Workshop: null });
  const givenOn = [site('Workshop', main.address), site('Bike shed', workshop.address)];
  expect(newNames([main, workshop], givenOn)).toEqual({ 'Main site': 'Workshop', Workshop: null });
  const atOne = [site('Ground floor', main.address), site('First floor', main.address)];
  expect(newNames(atOne, [site('Left', main.address), site('Right', main.address)])).toEqual({
    'Ground floor': null,
    'First floor': null,
  });
});

const course = (title: string, of: string, academicYear = '2024-25') => ({ title, site: of, academicYear });

test('a site at which a course of this year or of a coming one runs is not taken out, and the course is named', () => {
  const without = (...courses: readonly ReturnType<typeof course>[]) => dependsOnSite({ Workshop: null }, courses, '2024-25');
  expect(without(course('Bicycles', 'Workshop'), course('Joinery', 'Main site'))).toEqual({
    ...{ field: 'sites', rule: 'R107' },
    message: expect.stringContaining('Workshop stays: Bicycles of 2024-25 runs there. First CAP says in the directory') as string,
  });
  expect(without(course('Bicycles', 'Workshop', '2025-26'), course('Boats', 'Workshop', '2025-26'))?.message).toContain(
    'Workshop stays: Bicycles of 2025-26 runs there, and so does 1 more. First',
  );
  expect(without(course('Bicycles', 'Workshop', '2023-24'), course('Joinery', 'Main site'))).toBeNull();
  expect(dependsOnSite({ Workshop: 'Bike shed' }, [course('Bicycles', 'Workshop')], '2024-25')).toBeNull();
});
