// Who somebody is here, for whom they act.
import { html, type Html } from '../html';
import { page } from '../page';
import { inset, link, list, paragraph, summaryList } from '../parts';
import { grantInWords, namesOf } from './parties';

/** For whoever has signed in before CAP has given them a role. */
export const nothingOpen = (): Html =>
  html`${inset('You are signed in, and nothing is open to you yet: the CAP team gives you access.')}
  ${paragraph(link('/help', 'How to reach the CAP team'))}`;

export const youPage = page({
  path: '/you',
  name: 'you',
  who: 'signed-in',
  show: async (asked) => {
    const { name, person, parties } = await asked.door('me');
    const names = parties.length === 0 ? new Map<string, string>() : await namesOf(asked);
    return {
      title: 'You',
      main: html`${summaryList([
        { key: 'Name', value: name },
        { key: 'Short name', value: person },
        {
          key: 'You act for',
          value: parties.length === 0 ? 'Nobody yet' : list(parties.map((party) => grantInWords(party, names))),
        },
      ])}
      ${parties.length === 0 ? nothingOpen() : paragraph('If something here is wrong, tell the CAP team.')}
      ${paragraph(link('/you/sign-ins', 'See where you are signed in, and end it'))}`,
    };
  },
});
