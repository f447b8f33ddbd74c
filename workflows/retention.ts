// Each night: drafts that nobody changes are told of and deleted, and what is kept no longer is erased (A14). Started by a schedule.
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities } from '../activities';
import { sendSome } from './sendSome';

const { tellOfDrafts, deleteDrafts, eraseCases, eraseStudents } = proxyActivities<Activities>({
  startToCloseTimeout: '10m',
  retry: { initialInterval: '10s', backoffCoefficient: 2, maximumInterval: '10m' },
});

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
  await sendSome(emails, 'about drafts');
  return night;
}

function show({ told, deleted, erased, held, students }: Night): void {
  setCurrentDetails(
    `Drafts told of: ${String(told)}. Drafts deleted: ${String(deleted)}. Cases erased: ${String(erased)}, held: ${String(held)}. Students erased: ${String(students)}.`,
  );
}
