import type { Wait } from '../../domain/state';
import { keptLine, readLine } from '../../records/line';
import type { CaseLine } from '../../records/types';

const due = '2026-12-18T23:59:59.999Z';
const wait = (given: Partial<Wait>): Wait => ({
  what: 'review',
  subject: null,
  party: 'cap',
  role: 'cap',
  due,
  next: due,
  ...given,
});

const line = (waits: readonly Wait[]): CaseLine => ({
  ...{
    reference: 'CAP-2026-000001',
    programme: 'flourish@2026-27',
    school: 'ALDER',
    host: 'provider:TP-ONE',
    stage: 'placement',
    step: 9,
  },
  ...{ start: '2026-11-30', submitted: '2026-11-02T09:00:00.000Z', updated: '2026-11-26T10:00:00.000Z', waits },
});

describe('The line of a case', () => {
  it.each([
    ['whose clock acts when it is due', wait({})],
    ['of which somebody is reminded before it is due', wait({ next: '2026-12-11T23:59:59.999Z' })],
    ['whose clock rests', wait({ next: null })],
    ['of a matter, for a school', wait({ what: 'asked-review', subject: 'asked-1', party: 'school:ALDER', role: 'school' })],
    ['of a panel', wait({ what: 'panel-decision', party: 'panel:review-and-authorisation', role: 'panel' })],
  ])('keeps a wait %s, and reads it as it was', (_which, each) => {
    const kept: unknown = JSON.parse(JSON.stringify(keptLine(line([each, wait({ what: 'exit' })]))));
    expect(readLine(kept as ReturnType<typeof keptLine>)).toEqual(line([each, wait({ what: 'exit' })]));
  });
});
