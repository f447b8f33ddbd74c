// What everybody may read, signed in or not: help, privacy, cookies, accessibility. What is said of the service here is so, or is mended.
import { formatDay } from '../../domain/calendar';
import { html, type Html } from '../html';
import { page, type Asked, type Page } from '../page';
import { details, heading, inset, link, list, paragraph, table } from '../parts';
import { leadsOfCap } from './safeguardingLeads';

const help = page({
  path: '/help',
  name: 'help',
  who: 'everybody',
  show: async (asked) => {
    const posts = asked.may('signposts') ? (await asked.door('signposts')).signposts : null;
    const leads = await leadsOfCap(asked);
    return {
      title: 'Help and safeguarding contacts',
      main: html`${posts === null ? inset('If a child is in danger now, call 999.') : ''}
      ${paragraph('Write nothing of a safeguarding concern in this service: it is recorded on CPOMS, and told to people.')}
      ${
        posts === null
          ? html`${paragraph('If you are worried about a child, tell the Designated Safeguarding Lead of your school or organisation.')}
            ${paragraph(html`${link('/sign-in', 'Sign in')} to see where to turn with each kind of concern.`)}`
          : posts.map(
              ({ code, when, steps, links }) =>
                html`${heading(when, 'm', code)} ${list(steps, 'number')}
                ${links.length === 0 ? '' : list(links.map(({ title, url }) => link(url, title)))}
                ${code === 'concern' ? leads : ''}`,
            )
      }
      ${heading('Help with the service')}
      ${list([
        'You cannot sign in: ask whoever gives you your account at your organisation. If you can sign in and see nothing, the CAP team gives you access.',
        'A case waits for you: “To do” shows what is due, and the page of a case shows what you can do next.',
        'You did something by mistake: tell the CAP team at once. What was recorded stays, and what can be put right is put right by a new entry.',
      ])}
      ${paragraph(await contact(asked))}`,
    };
  },
});

async function contact(asked: Asked): Promise<Html> {
  const { email } = await asked.door('contact');
  return email === null
    ? html`Write to the CAP team, at the address in its e-mails.`
    : html`Write to the CAP team: ${link(`mailto:${email}`, email)}.`;
}

const privacy = page({
  path: '/privacy',
  name: 'privacy',
  who: 'everybody',
  show: async (asked) => ({
    title: 'Privacy notice',
    main: html`${paragraph('This service carries applications for alternative provision, and the placements that follow. It holds what schools, panels, training providers and the CAP team write about a student, and who of them did what and when.')}
    ${heading('Whose data, and which')}
    ${list([
      'Students: name, date of birth, unique pupil number, home school, whether they have an Education, Health and Care Plan, are looked after or adopted; the answers of applications and the documents with them; decisions with their reasons; attendance; notes of progress and behaviour; reviews; suspensions and exclusions; how a placement ended.',
      'Parents and carers: what they agreed to, when and how.',
      'Designated Safeguarding Leads of CAP, schools and providers: name, telephone and e-mail at work, for everybody who works with CAP.',
      'People who work with the service: name, work e-mail, for whom they act, what they did and what they read.',
    ])}
    ${heading('What it is for')}
    ${paragraph('To find the right support for a child, to look after it while it lasts, and to show afterwards how it was decided. The council is the controller; its own privacy notices say on which law it relies for each purpose. An agreement that is recorded here is not the lawful basis of keeping the data.')}
    ${heading('Who sees it')}
    ${list([
      'The home school sees its own students and cases; the CAP team sees all of them.',
      'Who leads a panel sees a case while it is before the panel, who sits on it from when the agenda is closed; both to three working days after the meeting.',
      'A training provider, the AP Academy or a receiving school sees a case from the day on which the pack is sent to it.',
      'The SEND team of the local authority sees a case while it is invited to a review of a student with a plan.',
      'Auditors read cases, and who read what. Those who run the service see references and codes, and no case.',
      'E-mails hold a reference and a link, and never the name of a child.',
    ])}
    ${paragraph('Each time somebody opens a case, a student or an export, it is written down who did.')}
    ${table(
      'How long things are kept',
      [{ title: 'What' }, { title: 'Until' }],
      [
        ['A case', 'The 25th birthday of the student'],
        [
          'A case of a student who is or was looked after, adopted, or has a plan',
          'The end of the academic year of their 31st birthday',
        ],
        ['A draft that was not submitted', '90 days after it was last changed'],
        ['A student of whom there is neither a case nor a draft', 'As a case'],
        ['What you typed when you were signed out', 'An hour, or until you send it'],
        ['When and with which browser somebody signed in', 'A week after they were signed out by the clock'],
        ['Who read what', 'It stays, with references and codes alone'],
      ],
      '',
    )}
    ${paragraph('After that it is erased in the night. A legal hold keeps it longer. That something happened, and when, stays without a word of what was written.')}
    ${heading('Your rights')}
    ${paragraph('You may ask what is held of you or your child, and for what is wrong to be put right. The CAP team puts together everything that is held of one student.')}
    ${paragraph(await contact(asked))}
    ${paragraph(html`If you are not content with the answer, you may turn to the ${link('https://ico.org.uk/make-a-complaint/', 'Information Commissioner’s Office')}.`)}`,
  }),
});

const cookies = page({
  path: '/cookies',
  name: 'cookies',
  who: 'everybody',
  show: () =>
    Promise.resolve({
      title: 'Cookies',
      main: html`${paragraph('This service sets only the cookies that it cannot work without, so it does not ask whether it may. None of them follows you elsewhere, and nothing here is measured by others.')}
      ${table(
        'Cookies of this service',
        [{ title: 'What' }, { title: 'What it is for' }, { title: 'How long' }],
        [
          [
            named('Your session', '__Host-cap-session'),
            'Knows you while you are signed in. It holds no name, only a random value.',
            'Until you sign out, close the browser, or were away too long',
          ],
          [
            named('The sign-in', '__Host-cap-sign-in'),
            'Holds your sign-in together while you are at the identity provider.',
            'A quarter of an hour at most',
          ],
          [
            named('The Web UI of Temporal', '_csrf'),
            'For CAP and those who run the service: the Web UI, which has an address of its own, knows its forms by it. It knows you there by a session of the same name as here.',
            'As long as your session',
          ],
        ],
        '',
      )}
      ${paragraph('Panels decide by keys. Who turns the keys on or off has that kept in their browser (cap-keys, in its local storage) until they clear it. It is sent nowhere.')}
      ${paragraph('The identity provider of your organisation may set cookies of its own when you sign in there.')}`,
    }),
});

const named = (what: string, name: string): Html => html`${what} <code class="cap-code">${name}</code>`;

/** When the accessibility statement was last held against the service: it is to say so. */
const prepared = '2026-11-27';

const accessibility = page({
  path: '/accessibility',
  name: 'accessibility',
  who: 'everybody',
  show: async (asked) => ({
    title: 'Accessibility statement',
    main: html`${paragraph('This statement is about CAP Casework. We want as many people as possible to be able to use it. You should be able to:')}
    ${list([
      'zoom in to 400% without sideways scrolling',
      'use all of it with a keyboard alone',
      'use all of it without JavaScript',
      'listen to it with a screen reader: tables have captions, charts have the table with their numbers, outcome documents are tagged PDFs and pages',
    ])}
    ${heading('How accessible it is')}
    ${paragraph('It is built to meet the Web Content Accessibility Guidelines, version 2.2, at level AA. It has not been audited by people outside the project yet, so we do not say that it complies in full.')}
    ${heading('How it was tested')}
    ${list([
      'Its pages are checked with axe-core, which finds what a program can find.',
      'They were looked at on a narrow and on a wide screen.',
      'Their components are those of GOV.UK Frontend, which are tested with assistive technology.',
    ])}
    ${paragraph('It was not yet tested with people who use assistive technology every day.')}
    ${heading('What we know is not good yet')}
    ${list([
      'Long labels of bars in charts are cut on a narrow screen: the table under each chart has them in full.',
      'What people write in a case is shown as they wrote it, and may be hard to read.',
      'The Temporal Web UI, which only those who run the service use, is not ours and not covered.',
    ])}
    ${heading('If you cannot use something')} ${paragraph(await contact(asked))}
    ${paragraph('Tell us what you could not do, and on which page. We can give you what is on it in another form.')}
    ${details(
      'If you are not content with our answer',
      html`The Equality and Human Rights Commission enforces the accessibility regulations of 2018. Contact the
      ${link('https://www.equalityadvisoryservice.com/', 'Equality Advisory and Support Service')}.`,
    )}
    ${paragraph(`This statement was prepared on ${formatDay(prepared)}.`)}`,
  }),
});

export const aboutPages: readonly Page[] = [help, privacy, cookies, accessibility];
