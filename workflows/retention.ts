// Each night: drafts that nobody changes are told of and deleted, and what is kept no longer is erased (A14). Started by a schedule.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities } from '../activities';

const { tellOfDrafts, deleteDrafts, eraseCases, eraseStudents } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '10m' },
});

// What could not be sent by the evening is tried again the next night, and this workflow shows as failed.
const { deliver } = proxyActivities<Activities>({
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '10h',
  retry: { initialInterval: '2s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** How many e-mails go out together. */
const atOnce = 50;

/** What a night came to. */
interface Night {
  told: number;
  deleted: number;
  erased: number;
  held: number;
  students: number;
}

/** One night. @returns how many drafts were told of and deleted, how many cases and students erased, how many cases are held */
export async function retention(): Promise<Night> {
  const now = new Date().toISOString();
  const night: Night = { told: 0, deleted: 0, erased: 0, held: 0, students: 0 };
  night.deleted = await deleteDrafts.executeWithOptions({ summary: 'Delete drafts that nobody changed' }, [now]);
  for (let after: string | null = ''; after !== null;) {
    const some = await eraseCases.executeWithOptions({ summary: 'Erase cases whose day has come' }, [now, after]);
    night.erased += some.erased;
    night.held += some.held;
    after = some.next;
    show(night);
  }
  night.students = await eraseStudents.executeWithOptions({ summary: 'Erase students whose day has come' }, [now]);
  const { told, emails } = await tellOfDrafts.executeWithOptions({ summary: 'Tell of drafts to be deleted' }, [now]);
  night.told = told;
  show(night);
  for (let from = 0; from < emails.length; from += atOnce) {
    const some = emails.slice(from, from + atOnce);
    await deliver.executeWithOptions({ summary: `${String(some.length)} e-mails about drafts` }, [some.map(({ id }) => id)]);
  }
  return night;
}

function show({ told, deleted, erased, held, students }: Night): void {
  setCurrentDetails(
    `Drafts told of: ${String(told)}. Drafts deleted: ${String(deleted)}. Cases erased: ${String(erased)}, held: ${String(held)}. Students erased: ${String(students)}.`,
  );
}
