// Where to turn with a concern (R123-R128, A17), and with what one has to say of the service (R122). A concern about a child is recorded on CPOMS and never here: these are
// signs to the right door. Names and telephones of people change, and stand in no code (C22):
// who the Designated Safeguarding Leads are is kept as rows (`domain/safeguardingLeads.ts`).

export interface Signpost {
  readonly code: string;
  /** When it is needed. */
  readonly when: string;
  /** What to do, one step after the other. */
  readonly steps: readonly string[];
  /** Pages of the services that it names. */
  readonly links: readonly { readonly title: string; readonly url: string }[];
  /** Where it stands: a number of the requirements. */
  readonly rule: string;
}

const mash = { title: 'Multi-Agency Safeguarding Hub (MASH)', url: 'https://www.coventry.gov.uk/mash' };

export const signposts: readonly Signpost[] = [
  {
    code: 'immediate-danger',
    when: 'A child is in danger now',
    steps: ['Call 999.', 'Then tell the Designated Safeguarding Lead of your organisation.'],
    links: [],
    rule: 'A17',
  },
  {
    code: 'concern',
    when: 'You have a concern about a student',
    steps: [
      'Speak with a Designated Safeguarding Lead of CAP.',
      'Record it on CPOMS and alert those who need to know. Write nothing of it here.',
    ],
    links: [],
    rule: 'R123',
  },
  {
    code: 'provider-to-school',
    when: 'A training provider has a concern about a student of a school',
    steps: [
      "The provider's Designated Safeguarding Lead tells the school's as soon as possible: the page of the case names both.",
      'The information is put on CPOMS.',
    ],
    links: [],
    rule: 'R124',
  },
  {
    code: 'referral',
    when: 'A concern or disclosure needs a referral',
    steps: [
      'Whoever raises the concern, or hears the disclosure, makes the referral to MASH or to the right agency. Nobody else does it for them.',
    ],
    links: [mash],
    rule: 'R125',
  },
  {
    code: 'allegation',
    when: 'The concern is about how a professional behaves towards children',
    steps: [
      'Tell the Service Lead of CAP, who gathers what is known first.',
      'The Local Authority Designated Officer is the one who decides what follows.',
    ],
    links: [
      {
        title: 'Local Authority Designated Officer (LADO)',
        url: 'https://www.coventry.gov.uk/info/206/coventry_safeguarding_children_partnership/2628/local_authority_designated_officer_lado',
      },
    ],
    rule: 'R126',
  },
  {
    code: 'exploitation',
    when: 'You see signs that a child is exploited',
    steps: [
      'Fill in the Child Exploitation Indicator Tool.',
      "If the child is open to Children's Services, send it to the social worker and to the Horizon team.",
      'If the child is not, or you do not know, send it to MASH with a multi-agency referral form (MARF).',
    ],
    links: [
      {
        title: 'Child Exploitation Indicator Tool',
        url: 'http://www.coventry.gov.uk/downloads/download/6695/child_exploitation_indicator_tool',
      },
      mash,
    ],
    rule: 'R127',
  },
  {
    code: 'intelligence',
    when: 'You have heard something that the police should know',
    steps: [
      'Fill in the form of the Force Intelligence Bureau: what you know or have heard, and nothing that you guess.',
      'Send it to West Midlands Police.',
    ],
    links: [
      {
        title: 'Force Intelligence Bureau form',
        url: 'https://www.coventry.gov.uk/downloads/download/6694/force_intelligence_bureau_fib_form',
      },
    ],
    rule: 'R128',
  },
  {
    code: 'survey',
    when: 'Once a year: you want to say how well the service works',
    steps: ['Fill in the survey of CAP: its answers go into the reports on quality.'],
    links: [
      { title: 'Coventry Alternative Provision survey', url: 'https://myaccount.coventry.gov.uk/service/CAP_school_survey' },
    ],
    rule: 'R122',
  },
];
