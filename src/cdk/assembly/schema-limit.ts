/** Highest schema that the pinned CLI reads; a test holds it to the CLI. */
export const PINNED_SCHEMA = 55;
