// The life of a case of the made-up programme, from submission to exit, told within a tree in which that programme is listed; the last line that is
// written says what came of it.
import { programmeCode } from '../../api/schemas';
import { caseMachine } from '../../domain/case';
import { retold } from '../support/retold';
import { schoolDayAfter } from '../support/schoolDays';
import { startService } from '../support/service';
import { reasons, tellerOf } from '../support/teller';

const programme = 'music-studio';

async function live(): Promise<object> {
  const service = await startService({ engine: 'time-skipping' });
  try {
    const tell = tellerOf(service);
    await service.cycle({ also: [programme] });
    const reference = await tell.checked(programme);
    await tell.onMeetingDay(reference);
    await tell.does('chair.multiagency', reference, 'panelDecision', { outcome: 'approve' }, reasons);
    await tell.does('cap.team', reference, 'sendPack', { provider: 'TP-ONE' });
    await tell.interviewed(reference, 'provider.one', 'school.alder');
    await tell.does('provider.one', reference, 'providerResponse', { result: 'accept' });
    const plan = { objectives: 'To play.', measures: 'A concert.', reintegration: 'In the school band.' };
    const start = schoolDayAfter(0, await service.today());
    await tell.does('school.alder', reference, 'confirmStart', { start, weekdays: 'tue' }, plan);
    const { state } = await service.record(reference);
    await service.until('end' in state.position ? state.position.end : start);
    await tell.tasksDone(reference);
    await tell.does('cap.team', reference, 'recordExit', { destination: 'post-16' }, { summary: 'To a college of music.' });
    await service.ended(reference);
    const record = await service.record(reference);
    return {
      offered: programmeCode.options,
      placed: state,
      record,
      shown: await service.standing(reference),
      retold: await retold(caseMachine, service.records, reference),
      told: await tell.subjects(reference),
    };
  } finally {
    await service.stop();
  }
}

live().then(
  (found) => {
    process.stdout.write(`\n${JSON.stringify(found)}\n`);
    process.exit();
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
