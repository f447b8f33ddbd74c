// What is rarely needed, for those whose menu would be too long with it.
import { html } from '../html';
import { administrationPath, page } from '../page';
import { leads, paragraph } from '../parts';

export const administration = page({
  path: administrationPath,
  name: 'administration',
  who: 'signed-in',
  menu: { title: 'Administration', order: 200 },
  show: (asked) => {
    const all = asked.gathered();
    return Promise.resolve({
      title: 'Administration',
      main: all.length === 0 ? paragraph('All that you may open stands in the menu.') : html`${leads(all)}`,
    });
  },
});
