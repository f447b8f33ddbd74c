// Who acts for a school in this service. Accounts are given and taken back by CAP, by two people (A21).
import type { Permission } from '../../domain/permissions';
import type { Person } from '../../records/types';
import { html } from '../html';
import { page } from '../page';
import { paragraph, table } from '../parts';
import { schoolsOf } from './school';

const ofASchool = (person: Person): Permission =>
  schoolsOf(person).length > 0 ? { allowed: true } : { allowed: false, why: 'This page is for the staff of schools.' };

export const colleagues = page({
  path: '/colleagues',
  name: 'colleagues',
  who: ofASchool,
  menu: { title: 'Colleagues', order: 90, rare: true, about: 'Who else acts for your organisation' },
  show: async (asked) => {
    const [{ colleagues: all }, { schools }] = await Promise.all([asked.door('colleagues'), asked.door('schools')]);
    const names = new Map(schools.map(({ code, name }) => [`school:${code}`, name]));
    const own = all.filter(({ party }) => names.has(party));
    return {
      title: 'Colleagues',
      main: html`${table(
        'Who acts for your school here',
        [{ title: 'Name' }, { title: 'School' }],
        own.map(({ party, person, name }) => [
          person === asked.person.person ? `${name} (you)` : name,
          names.get(party) ?? party,
        ]),
        'Nobody acts for your school yet.',
      )}
      ${paragraph('Each of them sees the applications, students and cases of the school, and may go on with what another began.')}
      ${paragraph('Somebody is new, or has left? Tell CAP: one of the team asks for the access, another gives it. Access is taken back at once.')}`,
    };
  },
});
