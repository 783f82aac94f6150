import fc from 'fast-check';

/** Runs of each property, as a factor: 1 in `npm test`, 20 in `npm run soak`. */
const factor = Number(process.env['SOAK'] ?? '1');
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

// fast-check prints the seed with a failure; with this one a whole run can be repeated.
fc.configureGlobal({ seed, numRuns: 100 * factor });
process.env['SEED'] = String(seed);
