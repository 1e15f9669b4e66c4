/** What the person who ran the build can put right; printed without a stack. */
export class InputError extends Error {}
