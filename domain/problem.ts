// One thing wrong with what somebody gave.

/** Which field, which rule, and a sentence that says what to do. */
export interface Problem {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
}
