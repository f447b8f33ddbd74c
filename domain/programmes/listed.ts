// Where programmes are listed: a new one, or a new year, is a file here and its line. Each exports values of programmes and nothing else.
export * from './tier1Course';
export * from './insight';
export * from './flourish';
export * from './supportedTransfer';
export * from './refocus';
export * from './year11Bespoke';
export * from './tier4';
