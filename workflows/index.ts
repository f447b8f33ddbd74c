// The workflows of CAP Casework: open `application.ts` first.
export { application } from './application';
export { panelMeeting } from './panelMeeting';
export { sweep } from './sweep';
