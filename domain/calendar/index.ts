// The calendar that CAP works by: London days, working days, school weeks, reviews and panel cycles. Pure: no clock, no time zone of
// the machine; what staff edit comes in as `Calendar` and `Cycle[]`.
export * from './types';
export * from './isoDates';
export * from './london';
export * from './workingDays';
export * from './meetingHours';
export { isSchoolDay, nearestSchoolDay } from './halfTerms';
export * from './schoolWeeks';
export * from './starts';
export * from './reviews';
export * from './bankHolidays';
export * from './panels';
export * from './cycles';
export * from './edits';
export * from './academicYears';
export * from './table';
export * from './proposal';
