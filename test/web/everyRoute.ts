// Who may open what: every route of the service, and what becomes of each person there. It is written by hand from the requirements and is read as
// their specification; `everyRoute.test.ts` asks every route as every person of a case in every state, and fails where a route has no row.

/** People as a case of Alderbrook School sees them. Its first panel is the Review & Authorisation Panel, its host First Steps Training. */
export const people = {
  nobody: null,
  /** Signs in, and has no role in CAP. */
  'no role': 'sample.without-role',
  'own school': 'school.alder',
  'another school': 'school.birch',
  chair: 'chair.review',
  /** Chairs the Multi-Agency Panel, which oversees all tiers and does not have this case (R69, R91). */
  'another chair': 'chair.multiagency',
  /** Sits on the case's panel, and on the Multi-Agency Panel as well. */
  member: 'member.attendance',
  /** Sits on the case's panel, and has an interest in every case that it may decide (A7). */
  'member with an interest': 'sample.with-interest',
  host: 'provider.one',
  'another provider': 'provider.two',
  'AP Academy': 'academy',
  CAP: 'cap.team',
  /** Acts for the SEND team of the local authority, which is invited to reviews: to none of these cases (A12). */
  SEND: 'send.team',
  ops: 'ops',
  auditor: 'auditor',
} as const;

export type Person = keyof typeof people;

/** How far a case has come. */
export const states = [
  /** Written, and not submitted. */
  'draft',
  /** Submitted, and CAP checks the pack. */
  'with CAP',
  /** Sent back to the school for correction (A22). */
  'returned',
  /** On its way to a meeting whose agenda is open. */
  'agenda open',
  /** Before a meeting whose agenda is closed. */
  'agenda closed',
  /** Approved; the three working days of the outcome still run (R71). */
  'decided',
  /** The pack is with the provider. */
  'interview',
  'placement',
  /** Withdrawn while the provider had the pack. */
  'closed',
] as const;

export type State = (typeof states)[number];

/**
 * Who sees a case. The home school, CAP and auditors see it from its submission on. A panel sees it while the case is before it and to the
 * end of the outcome's three working days (R71): who leads it also while the agenda is open, for they may decide outside the meeting (C18); who sits on
 * it from when the agenda is closed (A7). Whoever has an interest never does. A provider sees it once the pack is sent there (R54, R101). A draft is the school's alone.
 */
const theCase: Record<State, readonly Person[]> = {
  draft: [],
  'with CAP': ['own school', 'CAP', 'auditor'],
  returned: ['own school', 'CAP', 'auditor'],
  'agenda open': ['own school', 'CAP', 'auditor', 'chair'],
  'agenda closed': ['own school', 'CAP', 'auditor', 'chair', 'member'],
  decided: ['own school', 'CAP', 'auditor', 'chair', 'member'],
  interview: ['own school', 'CAP', 'auditor', 'host'],
  placement: ['own school', 'CAP', 'auditor', 'host'],
  closed: ['own school', 'CAP', 'auditor', 'host'],
};

const always = (...who: readonly Person[]) => Object.fromEntries(states.map((state) => [state, who])) as typeof theCase;

/** What an address may name, and who sees it in each state of its case. To everybody else there is no such thing: 404. */
export const sees = {
  'the case': theCase,
  /** The form on which a school writes; what was sent of it is in the case. */
  'the application': always('own school'),
  /** The student, as the school keeps them (R3). */
  'the student': always('own school', 'CAP'),
  /** The documents: while it is a draft, those of the school; then those of the case (R41, R101). */
  'the files': { ...theCase, draft: ['own school'] },
  /** What the host notes week by week: a panel and an auditor, who see the case, do not read it (R97). */
  'the progress': {
    ...always(),
    'with CAP': ['own school', 'CAP'],
    returned: ['own school', 'CAP'],
    'agenda open': ['own school', 'CAP'],
    'agenda closed': ['own school', 'CAP'],
    decided: ['own school', 'CAP'],
    interview: ['own school', 'CAP', 'host'],
    placement: ['own school', 'CAP', 'host'],
    closed: ['own school', 'CAP', 'host'],
  },
  /** The outcome document, once there is one: for the school, and for those who had the case when it was issued (R72). */
  'the outcome': {
    ...always(),
    decided: theCase.decided,
    interview: ['own school', 'CAP', 'auditor'],
    placement: ['own school', 'CAP', 'auditor'],
    closed: ['own school', 'CAP', 'auditor'],
  },
  /** The meeting as a record: seats, attendance, interests, minutes (A7). It is the same in every state. */
  'the meeting': always('CAP', 'auditor', 'chair', 'member', 'member with an interest'),
  /** What the school asked CAP for about a colleague (A21). */
  'the account request': always('own school', 'CAP', 'auditor'),
  /** That somebody of CAP is out of office, known to themself and to CAP (A19). */
  'the absence': always('CAP'),
} satisfies Record<string, Record<State, readonly Person[]>>;

export interface Route {
  /** Who gets in at all; whoever else is told that it is not for them: 403, and nobody is asked to sign in: 401. */
  readonly who: 'everybody' | readonly Person[];
  /** What the address names: whoever gets in and does not see it is told that there is no such thing. */
  readonly names?: keyof typeof sees;
  /** Who may do it, of those who get in and see it; the others are told that it is not theirs: 403. Everybody of them, unless said. */
  readonly by?: readonly Person[];
  /** It sends something, and changes nothing. */
  readonly asks?: true;
  /** A look at it is a line of the access log: who, what, and of which case where it is of one. */
  readonly noted?: true;
  /** It holds the references of cases whose reader does not see them: who read what, minutes, what ops look after. Never a name. */
  readonly references?: true;
}

const all = Object.keys(people) as Person[];
const signedInPeople = all.filter((person) => person !== 'nobody');
const withRole = signedInPeople.filter((person) => person !== 'no role');

const everybody: Route = { who: 'everybody' };
const signedIn: Route = { who: signedInPeople };
/** Whoever has a role in CAP. */
const role: Route = { who: withRole };
const only = (...who: readonly Person[]): Route => ({ who });
/** For whoever sees what the address names. */
const of = (names: keyof typeof sees): Route => ({ who: signedInPeople, names });
const noted = (route: Route): Route => ({ ...route, noted: true });
const asking = (route: Route): Route => ({ ...route, asks: true });
const by = (route: Route, ...who: readonly Person[]): Route => ({ ...route, by: who });

const cap = only('CAP');
const schools = only('own school', 'another school');
/** Whose staff ask CAP for accounts of their colleagues. */
const organisations = only('own school', 'another school', 'host', 'another provider', 'AP Academy');
/** Each of them keeps its own leads, and CAP all (R123, R124). */
const keepersOfLeads = only('own school', 'another school', 'host', 'another provider', 'AP Academy', 'CAP');
/** Each of them keeps its own sites, and CAP all. */
const keepersOfSites = only('host', 'another provider', 'AP Academy', 'CAP');
/** CAP opens what the local authority alone applies for (R20). */
const schoolsAndCap = only('own school', 'another school', 'CAP');
/** CAP, and the Multi-Agency Panel over all tiers (R69, R91). */
const overseers = only('CAP', 'another chair', 'member');
/** Who marks who is there, and who hears of absences (R97, A5). */
const registers = only('own school', 'another school', 'host', 'another provider', 'AP Academy', 'CAP');
const capAndAuditors = only('CAP', 'auditor');
const capAndOps = only('CAP', 'ops');
/** Who hears of timelines that do not hold. */
const proving = noted({ ...only('CAP', 'auditor', 'ops'), references: true });
/** The pages on which an application is written. */
const writing = noted({ ...schoolsAndCap, names: 'the application' });

/** Who gives each command to a case; the door and the page of a command have the same row. */
const commands: Record<string, readonly Person[]> = {
  'check-pack': ['CAP'], // R53
  'panel-decision': ['chair'], // A7: members read, chair and vice chair decide
  'take-back-check': ['CAP'], // R53: what CAP found complete by mistake is checked again
  'take-back-decision': ['chair'], // A7: what was recorded wrongly is put right by who recorded it
  'give-reasons': ['chair', 'CAP'], // A23
  'give-information': ['own school'], // A22
  'allocate-school': ['CAP'], // R75: and the chair of the Headteacher Placement Meeting, of a Supported Transfer
  'send-pack': ['CAP'], // R54
  'book-interview': ['host', 'CAP'], // R63
  'record-interview': ['host', 'CAP'], // R56
  'provider-response': ['host'], // R56
  'record-onboarding': ['host'], // R78
  'confirm-start': ['own school'], // R57
  'correct-start': ['own school'], // A24
  'hold-review': ['host', 'CAP'], // R68
  'record-assessment': ['host', 'CAP'], // R61
  'record-exit': ['CAP'],
  'record-task': ['host', 'CAP'],
  'record-notice': ['own school'], // A3
  'call-meeting': ['own school', 'host', 'CAP'], // R98, R111
  'record-meeting': ['own school', 'host', 'CAP'],
  'ask-review': ['own school', 'host', 'CAP'], // A4
  'ask-reconsideration': ['own school'], // A8
  'ask-withdrawal': ['own school', 'host'], // R109
  'process-withdrawal': ['CAP'], // R114
  'ask-change-of-day': ['own school'], // R118
  'confirm-change-of-day': ['CAP'], // R119
  'ask-extension': ['own school', 'host'], // R32
  'decide-extension': ['CAP'],
  'note-cpoms': ['own school', 'host', 'CAP'], // A17, R102
  'name-case-worker': ['own school'], // R43
  'name-monitoring-officer': ['CAP'], // R96
  'record-agreement': ['own school', 'CAP'], // A13: and a host that is a school
  'withdraw-agreement': ['own school', 'CAP'],
  'settle-agreement': ['CAP'],
  'make-complaint': ['own school'], // R121
  'answer-complaint': ['CAP'],
  'settle-email': ['CAP'], // A16
  withdraw: ['own school'],
  'close-case': ['CAP'],
};

/** Who gives each command to a panel meeting (A7). */
const meetingCommands: Record<string, readonly Person[]> = {
  'fill-seat': ['chair', 'CAP'],
  'declare-interest': ['chair', 'member', 'member with an interest', 'CAP'],
  'take-back-interest': ['chair', 'CAP'],
  'record-attendance': ['chair', 'CAP'],
  'sign-minutes': ['chair'],
  'settle-email': ['CAP'],
};

type Rows = Record<string, Route>;

function each(given: typeof commands, row: (command: string, givers: readonly Person[]) => Rows): Rows {
  return Object.assign({}, ...Object.entries(given).map(([command, givers]) => row(command, givers))) as Rows;
}

/** The doors of the API. */
export const doors: Rows = {
  // You
  'GET /api/v1/me': signedIn,
  'GET /api/v1/me/sessions': signedIn,
  'DELETE /api/v1/me/sessions/{id}': signedIn,
  'POST /api/v1/me/end-other-sessions': signedIn,
  'GET /api/v1/colleagues': signedIn,
  'GET /api/v1/signposts': signedIn,

  // What there is to apply for (R107)
  'GET /api/v1/programmes': role,
  'GET /api/v1/programmes/off-by-default': cap,
  'PUT /api/v1/programmes/{code}/offered': cap,
  'GET /api/v1/schools': role,
  'GET /api/v1/providers': role,
  'GET /api/v1/places': role,
  'GET /api/v1/courses': role,
  'GET /api/v1/directories/{academicYear}': role,
  'PUT /api/v1/directories/{academicYear}/courses/{code}': cap,
  'DELETE /api/v1/directories/{academicYear}/courses/{code}': cap,
  'POST /api/v1/directories/preview': asking(cap),
  'POST /api/v1/directories/import': cap,
  'GET /api/v1/checks': signedIn,
  'PUT /api/v1/checks/{provider}/{kind}': cap,

  // A school keeps its students
  'GET /api/v1/students': noted(signedIn),
  'POST /api/v1/students/search': noted(asking(signedIn)),
  'POST /api/v1/students': schools,
  'GET /api/v1/students/{code}': noted(of('the student')),
  'PUT /api/v1/students/{code}': by(of('the student'), 'own school'),
  'GET /api/v1/students/{code}/exclusions': noted(of('the student')),
  'PUT /api/v1/students/{code}/exclusions/{day}': of('the student'),
  'DELETE /api/v1/students/{code}/exclusions/{day}': of('the student'),
  'GET /api/v1/students/{code}/week/{day}': noted(of('the student')),
  'GET /api/v1/students/{code}/matches': noted(cap),
  'POST /api/v1/students/roll/preview': noted(asking(schools)),
  'POST /api/v1/students/roll/import': schools,

  // A school writes and submits an application (R23, R25)
  'POST /api/v1/eligibility': noted(asking(signedIn)),
  'GET /api/v1/applications': noted(signedIn),
  'POST /api/v1/applications': schools,
  'GET /api/v1/applications/{reference}': noted(of('the application')),
  'PUT /api/v1/applications/{reference}': of('the application'),
  'DELETE /api/v1/applications/{reference}': of('the application'),
  'POST /api/v1/applications/{reference}/submit': of('the application'),
  'GET /api/v1/files': cap,
  'GET /api/v1/files/{reference}': noted(of('the files')),
  'POST /api/v1/files/{reference}': by(of('the files'), 'own school'),
  'GET /api/v1/files/{reference}/{file}': noted(of('the files')),
  'DELETE /api/v1/files/{reference}/{file}': by(of('the files'), 'own school'),

  // Cases
  'GET /api/v1/cases': noted(signedIn),
  'POST /api/v1/cases/search': noted(asking(signedIn)),
  'GET /api/v1/worklist': noted(signedIn),
  'GET /api/v1/cases/{reference}': noted(of('the case')),
  'GET /api/v1/cases/{reference}/outcome': noted(of('the outcome')),
  'GET /api/v1/cases/{reference}/outcomes': noted(of('the case')),
  'GET /api/v1/cases/{reference}/outcomes/{command}': noted(of('the outcome')),
  'GET /api/v1/cases/{reference}/attendance': noted(of('the case')),
  'GET /api/v1/cases/{reference}/progress': noted(of('the progress')),
  'PUT /api/v1/cases/{reference}/progress/{week}': by(of('the progress'), 'host', 'CAP'),
  'GET /api/v1/cases/{reference}/proof': noted({ ...capAndAuditors, names: 'the case' }),
  // The address of its workflow, whether there is such a case or not.
  'GET /api/v1/cases/{reference}/workflow': { ...capAndOps, references: true },
  'POST /api/v1/cases/{reference}/resubmit-pack': by(of('the case'), 'own school'), // A22
  ...each(commands, (command, givers) => ({ [`POST /api/v1/cases/{reference}/${command}`]: by(of('the case'), ...givers) })),

  // Registers (R97, A5)
  'GET /api/v1/registers/{day}': noted(registers),
  'PUT /api/v1/registers/{day}': registers,
  'GET /api/v1/mornings/{day}': noted(registers),

  // The calendar, for whoever works by it; CAP keeps it (R93)
  'GET /api/v1/cycles': role,
  'GET /api/v1/cycles/{id}': role,
  'POST /api/v1/cycles': cap,
  'PUT /api/v1/cycles/{id}': cap,
  'DELETE /api/v1/cycles/{id}': cap,
  'POST /api/v1/cycles/{id}/meetings': cap,
  'GET /api/v1/calendar/proposals/{academicYear}': cap,
  'POST /api/v1/calendar/preview': asking(cap),
  'POST /api/v1/calendar/import': cap,
  'GET /api/v1/closures': role,
  'POST /api/v1/closures': cap,
  'DELETE /api/v1/closures/{day}': cap,
  'GET /api/v1/terms': role,
  'PUT /api/v1/terms/{academicYear}/{term}/{half}': cap,
  'DELETE /api/v1/terms/{academicYear}/{term}/{half}': cap,

  // Panels and their meetings (A7). An agenda lists to each reader the cases that they see.
  'GET /api/v1/panels': role,
  'PUT /api/v1/panels/{panel}/seats/{seat}': cap,
  'PUT /api/v1/panels/{panel}/quorum': cap,
  'GET /api/v1/absences': role,
  'PUT /api/v1/absences/{person}/{first}': by(role, 'CAP'), // and whose absence it is (A19)
  'DELETE /api/v1/absences/{person}/{first}': { ...role, names: 'the absence' },
  'GET /api/v1/meetings': role,
  'GET /api/v1/meetings/{id}': noted({ ...role, references: true }),
  'POST /api/v1/meetings/{id}/move': cap,
  'DELETE /api/v1/meetings/{id}': cap,
  'GET /api/v1/meetings/{id}/minutes': noted({ ...role, names: 'the meeting', references: true }),
  ...each(meetingCommands, (command, givers) => ({
    [`POST /api/v1/meetings/{id}/${command}`]: by(of('the meeting'), ...givers),
  })),

  // Numbers and lists for others (A15, A20)
  'GET /api/v1/numbers': noted(overseers),
  'GET /api/v1/numbers/schools': noted(overseers),
  'GET /api/v1/allowances/{academicYear}': noted(signedIn),
  'GET /api/v1/exports/ap-census/{academicYear}': noted(cap),
  'GET /api/v1/exports/training-records/{academicYear}': noted(cap),
  'GET /api/v1/exports/numbers/{academicYear}': noted(overseers),
  'GET /api/v1/exports/inspection/{academicYear}': noted(schools),

  // Retention (A14)
  'GET /api/v1/exports/subject-access/{code}': noted({ ...cap, references: true }),
  'GET /api/v1/retention': noted(cap),
  'GET /api/v1/legal-holds': noted(cap),
  'POST /api/v1/legal-holds': cap,
  'POST /api/v1/legal-holds/{id}/lift': cap,

  // People and organisations (A21)
  'GET /api/v1/people': noted(capAndAuditors),
  'PUT /api/v1/people/{id}': cap,
  'POST /api/v1/people/{id}/sign-ins/take-back': cap,
  'POST /api/v1/people/{id}/end-sessions': cap,
  'DELETE /api/v1/people/{id}/grants/{party}': cap,
  'GET /api/v1/person-requests': capAndAuditors,
  'POST /api/v1/person-requests': cap,
  'POST /api/v1/person-requests/{id}/settle': cap,
  'GET /api/v1/account-requests': signedIn,
  'POST /api/v1/account-requests': by(organisations, 'own school'),
  'GET /api/v1/account-requests/{id}': of('the account request'),
  'POST /api/v1/account-requests/{id}/accept': cap,
  'POST /api/v1/account-requests/{id}/decline': cap,
  'POST /api/v1/account-requests/{id}/withdraw': { ...organisations, names: 'the account request' },
  'GET /api/v1/organisations': capAndAuditors,
  'PUT /api/v1/organisations/{code}': cap,
  'PUT /api/v1/organisations/{code}/slas/{academicYear}': cap,
  'GET /api/v1/safeguarding-leads/{party}': role,
  'PUT /api/v1/safeguarding-leads/{party}': by(keepersOfLeads, 'own school', 'CAP'),
  'GET /api/v1/sites/{provider}': role,
  'PUT /api/v1/sites/{provider}': by(keepersOfSites, 'host', 'CAP'),

  // Who read what, and what runs behind the cases
  'GET /api/v1/nights': proving,
  'GET /api/v1/nights/{night}': proving,
  'GET /api/v1/alarms': only('CAP', 'auditor', 'ops'),
  'POST /api/v1/alarms/{about}/accept': cap,
  'GET /api/v1/access-log': noted({ ...only('auditor'), references: true }),
  'GET /api/v1/workings': { ...capAndOps, references: true },
  'GET /api/v1/workings/{reference}': { ...capAndOps, references: true },

  // The service itself
  'GET /health/live': everybody,
  'GET /health/ready': everybody,
  'GET /api/v1/contact': everybody,
  'GET /api/v1/openapi.json': everybody,
  'GET /problems/{kind}': everybody,
};

/** The pages. Those that take something have a second row of their own, with POST. */
export const pages: Rows = {
  'GET /': noted(signedIn),
  // What of the menu is rarely needed; each leads to a page with a row of its own.
  'GET /administration': signedIn,
  'GET /you': signedIn,
  ...form('/you/sign-ins', signedIn),
  'GET /colleagues': organisations,
  ...form('/colleagues/new', organisations),
  ...form('/colleagues/{party}/{person}/end', organisations, 'own school'),
  'GET /help': everybody,
  'GET /privacy': everybody,
  'GET /cookies': everybody,
  'GET /accessibility': everybody,

  // A school's students and applications
  ...form('/students', noted(asking(schoolsAndCap))),
  ...form('/students/add', schools),
  ...form('/students/import', schools),
  'GET /students/{code}': noted({ ...schoolsAndCap, names: 'the student' }),
  ...form('/students/{code}/exclusions/add', noted({ ...schoolsAndCap, names: 'the student' })),
  ...form('/students/{code}/exclusions/{day}', noted({ ...schoolsAndCap, names: 'the student' })),
  ...form('/students/{code}/exclusions/{day}/remove', noted({ ...schoolsAndCap, names: 'the student' })),
  ...form('/students/{code}/edit', { ...schools, names: 'the student' }),
  'GET /applications': noted(schoolsAndCap),
  ...form('/applications/begin', schoolsAndCap),
  ...form('/applications/begin/{programme}', schoolsAndCap),
  'GET /applications/{reference}': writing,
  'GET /applications/{reference}/submitted': noted({ ...schoolsAndCap, names: 'the case' }),
  ...form('/applications/{reference}/check', writing),
  ...form('/applications/{reference}/course', writing),
  ...form('/applications/{reference}/delete', writing),
  ...form('/applications/{reference}/questions/{code}', writing),
  ...form('/applications/{reference}/student', writing),
  ...form('/files/{reference}', noted(of('the files')), 'own school'),
  'GET /files/{reference}/{file}': noted(of('the files')),
  ...form('/files/{reference}/{file}/remove', noted(of('the files')), 'own school'),

  // Cases
  ...form('/cases', noted(asking(signedIn))),
  'GET /cases/{reference}': noted(of('the case')),
  'GET /cases/{reference}/attendance': noted(of('the case')),
  'GET /cases/{reference}/progress': noted(of('the progress')),
  'GET /cases/{reference}/progress/{week}': noted(by(of('the progress'), 'host', 'CAP')),
  'POST /cases/{reference}/progress/{week}': by(of('the progress'), 'host', 'CAP'),
  'GET /cases/{reference}/pack.pdf': noted(of('the case')),
  'GET /cases/{reference}/proof': noted({ ...capAndAuditors, names: 'the case' }),
  ...form('/cases/{reference}/resubmit-pack', writing),
  ...each(commands, (name, givers) => command(`/cases/{reference}/${name}`, noted(of('the case')), givers)),

  // Registers
  'GET /registers': noted(registers),
  ...form('/registers/{day}', noted(registers)),
  'GET /registers/REG-{day}': noted(registers),

  // The calendar and the directory
  'GET /calendar': role,
  ...form('/calendar/import', cap),
  ...form('/calendar/closures/add', cap),
  ...form('/calendar/closures/{day}/remove', cap),
  ...form('/calendar/cycles/add', cap),
  ...form('/calendar/cycles/{id}', cap),
  ...form('/calendar/cycles/{id}/remove', cap),
  ...form('/calendar/cycles/{id}/plan/{panel}', cap),
  ...form('/calendar/meetings/{id}/move', cap),
  ...form('/calendar/meetings/{id}/cancel', cap),
  ...form('/calendar/terms/{academicYear}/{term}/{half}', cap),
  ...form('/calendar/terms/{academicYear}/{term}/{half}/remove', cap),
  'GET /courses': role,
  'GET /courses/{academicYear}/file': role,
  ...form('/courses/{academicYear}/add', cap),
  ...form('/courses/{academicYear}/import', cap),
  ...form('/courses/{academicYear}/{code}/change', cap),
  ...form('/courses/{academicYear}/{code}/remove', cap),
  'GET /places': role,
  'GET /checks': signedIn,
  ...form('/checks/{provider}/{kind}', cap),

  // Panels and their meetings
  'GET /panels': role,
  ...form('/panels/{panel}/quorum', cap),
  ...form('/panels/{panel}/seats/{seat}', cap),
  ...form('/absences', role),
  'GET /meetings': role,
  'GET /meetings/{id}': noted({ ...role, references: true }),
  'GET /meetings/{id}/minutes': noted({ ...role, names: 'the meeting', references: true }),
  'GET /meetings/{id}/packs.pdf': noted(role),
  'GET /meetings/{id}/cases/{reference}': noted({ ...role, names: 'the case' }),
  'POST /meetings/{id}/cases/{reference}': by({ ...role, names: 'the case' }, 'chair'),
  ...each(meetingCommands, (name, givers) =>
    command(`/meetings/{id}/${name}`, { ...role, names: 'the meeting', references: true }, givers),
  ),

  // Numbers, lists for others, retention
  'GET /numbers': noted(overseers),
  'GET /numbers/schools': noted(overseers),
  'GET /exports': schoolsAndCap,
  'GET /exports/ap-census/{academicYear}': noted(cap),
  'GET /exports/training-records/{academicYear}': noted(cap),
  'GET /exports/numbers/{academicYear}': noted(overseers),
  'GET /exports/inspection/{academicYear}': noted(schools),
  'GET /retention': noted(cap),
  ...form('/retention/hold', cap),
  ...form('/retention/holds/{id}', cap),
  ...form('/subject-access', asking(cap)),
  'GET /subject-access/{code}': noted({ ...cap, references: true }),
  'GET /subject-access/{code}/file': noted({ ...cap, references: true }),

  // People and organisations
  ...form('/people', noted(asking(capAndAuditors))),
  ...form('/people/new', cap),
  'GET /people/{id}': noted(capAndAuditors),
  ...form('/people/{id}/change', cap),
  ...form('/people/{id}/sign-in', cap),
  ...form('/people/{id}/sign-ins/{signIn}/take-back', cap),
  ...form('/people/{id}/sign-out', cap),
  ...form('/people/{id}/grant', cap),
  ...form('/people/{id}/grants/{party}/take-back', cap),
  ...form('/person-requests/{id}', capAndAuditors, 'CAP'),
  ...form('/account-requests/{id}', of('the account request'), 'CAP'),
  'GET /organisations': capAndAuditors,
  ...form('/organisations/new', cap),
  ...form('/organisations/{code}', capAndAuditors, 'CAP'),
  ...form('/organisations/{code}/change', cap),
  ...form('/organisations/programmes/{code}', cap),
  'GET /safeguarding-leads': keepersOfLeads,
  ...form('/safeguarding-leads/{party}', keepersOfLeads, 'own school', 'CAP'),
  'GET /sites': keepersOfSites,
  ...form('/sites/{provider}', keepersOfSites, 'host', 'CAP'),

  // Who read what, and what runs behind the cases
  'GET /nights': proving,
  'GET /nights/{night}': proving,
  ...form('/nights/accept/{about}', cap),
  ...form('/access', noted({ ...asking(only('auditor')), references: true })),
  'GET /ops': { ...capAndOps, references: true },
  'GET /ops/{reference}': { ...capAndOps, references: true },
};

/** What is neither a door nor a page: signing in, the outcome document, what a browser loads, what Temporal's Web UI asks. */
export const others: Rows = {
  'GET /sign-in': everybody,
  'GET /sign-in/done': everybody,
  'POST /sign-out': everybody,
  'GET /signed-out': everybody,
  // That something has changed, and never what.
  'GET /changes': everybody,
  'GET /cases/{reference}/outcome': noted(of('the outcome')),
  'GET /cases/{reference}/outcome.pdf': noted(of('the outcome')),
  'GET /cases/{reference}/outcomes/{command}': noted(of('the outcome')),
  'GET /cases/{reference}/outcomes/{command}/pdf': noted(of('the outcome')),
  'GET /assets/{font}': everybody,
  'GET /api/v1/docs': everybody,
  'GET /api/v1/docs/{file}': everybody,
  'POST /codec/decode': noted({ ...only('ops'), asks: true, references: true }),
  'POST /codec/encode': { ...only('ops'), asks: true },
};

/** A page with a form: who opens it sees it; who sends it is `givers`, where not everybody who opens it may. */
function form(path: string, route: Route, ...givers: readonly Person[]): Rows {
  return { [`GET ${path}`]: route, [`POST ${path}`]: givers.length === 0 ? route : by(route, ...givers) };
}

/** The page of a command: it is opened by whoever may give it. */
function command(path: string, route: Route, givers: readonly Person[]): Rows {
  return { [`GET ${path}`]: by(route, ...givers), [`POST ${path}`]: by(route, ...givers) };
}
