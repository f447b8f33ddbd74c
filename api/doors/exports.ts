// Lists for others, as CSV (A15, R58): each read is in the access log.
import { z } from 'zod';
import { daysOfAcademicYear, londonDay } from '../../domain/calendar';
import { censusTable, inspectionTable, numbersTable, trainingTable, type ExportedPlacement } from '../../domain/exports';
import { can } from '../../domain/permissions';
import type { Table } from '../../domain/table';
import { readPlacements } from '../../records/exports';
import { placementsOfSchool, yearInNumbers } from '../../usecases/exports';
import { writeCsv } from '../csv';
import { door, type Door } from '../door';
import { given } from '../problems';
import { academicYear, code } from '../schemas';
import type { Services } from '../services';

const ofYear = z.strictObject({ academicYear });

export function exportDoors(services: Services): Door[] {
  const { database } = services;
  const ofAll = (name: string, path: string, summary: string, table: (placements: readonly ExportedPlacement[]) => Table) =>
    door({
      method: 'get',
      path: `/api/v1/exports/${path}/{academicYear}`,
      name,
      summary,
      about: 'Placements whose start is in the year. For CAP.',
      tag: 'Exports',
      who: (person) => can(person, 'give-exports'),
      params: ofYear,
      gives: { description: 'A line for each placement', as: 'text/csv', body: z.string() },
      noted: true,
      handle: async ({ person, params }) => {
        const span = daysOfAcademicYear(params.academicYear);
        return { body: writeCsv(table(await readPlacements(database, person, { ...span, school: null }))) };
      },
    });
  return [
    ofAll('censusExport', 'ap-census', 'Items of the AP census', censusTable),
    ofAll('trainingExport', 'training-records', 'Training records, to be loaded into CLM and Capita', trainingTable),
    door({
      method: 'get',
      path: '/api/v1/exports/numbers/{academicYear}',
      name: 'numbersExport',
      summary: 'The numbers of an academic year, each with what it counts',
      about: 'Nothing of a child is in it. For CAP, and for the Multi-Agency Panel, which oversees all tiers (R69).',
      tag: 'Exports',
      who: (person) => can(person, 'see-numbers'),
      params: ofYear,
      gives: { description: 'A line for each figure', as: 'text/csv', body: z.string() },
      noted: true,
      handle: async ({ person, params }) => ({
        body: writeCsv(numbersTable(given(await yearInNumbers(services, person, params.academicYear)))),
      }),
    }),
    door({
      method: 'get',
      path: '/api/v1/exports/inspection/{academicYear}',
      name: 'inspectionExport',
      summary: 'What an inspector asks a school for: its students in alternative provision who are there now',
      about: 'Of your own school, those whose start is in the year.',
      tag: 'Exports',
      who: 'signed-in',
      params: ofYear,
      query: z.strictObject({
        school: code.optional().meta({ description: 'Needed only by those who act for several schools' }),
      }),
      gives: { description: 'A line for each student', as: 'text/csv', body: z.string() },
      problems: ['not-allowed', 'wrong-values'],
      noted: true,
      handle: async ({ person, params, query }) => {
        const span = daysOfAcademicYear(params.academicYear);
        const placements = given(await placementsOfSchool(services, person, query.school ?? null, span));
        return { body: writeCsv(inspectionTable(placements, londonDay(services.now()))) };
      },
    }),
  ];
}
