// A made-up programme: no council offers it. A whole programme is one such file in domain/programmes/, and its line in `listed.ts`.
import type { Programme } from '../../domain/programme';

export const musicStudio2026: Programme = {
  code: 'music-studio',
  year: '2026-27',
  tier: 2,
  title: 'Music studio (made up)',
  access: 'open',
  ages: null,
  yearGroups: ['Year 11'],
  choosesCourse: false,
  limitedPlaces: false,
  route: [
    { stage: 'pack-check', workingDays: 1, correctionDays: 3 },
    { stage: 'panel', panel: 'multi-agency' },
    { stage: 'send-pack', workingDays: 1 },
    { stage: 'interview', arrangedBy: 'school', bookingDays: 4, responseDays: 6 },
    { stage: 'start-date', workingDays: 3 },
    {
      stage: 'placement',
      phases: [
        { title: 'Listening', schoolWeeks: 1, hostDays: 1, week: null },
        { title: 'Playing', schoolWeeks: 2, hostDays: 3, week: null },
      ],
      withinTerm: false,
      pathwayReview: false,
      plan: true,
      tasks: [{ code: 'concert', title: 'The concert is played', by: 'host', due: 'end', rule: 'made up' }],
      exits: ['home-school', 'post-16'],
    },
  ],
  questions: [
    { code: 'risk-assessment-date', text: 'Date of the risk assessment', answer: 'day', strength: 'gate', rule: 'R42' },
    { code: 'instrument', text: 'Which instrument?', answer: 'text', strength: 'required', rule: 'made up' },
  ],
};
