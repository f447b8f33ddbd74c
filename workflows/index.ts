// The workflows of CAP Casework: open `application.ts` first.
export { application } from './application';
export { meeting } from './meeting';
export { sweep } from './sweep';
export { morning } from './morning';
export { retention } from './retention';
export { files } from './files';
export { notices } from './notices';
export { proof } from './proof';
