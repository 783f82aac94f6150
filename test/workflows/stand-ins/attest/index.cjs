const fs = require('node:fs');
const { called, fail, input, resolve } = require('./lib.cjs');

called('attest');
if (!process.env.ACTIONS_ID_TOKEN_REQUEST_URL) fail('Failed to get ID token: add id-token: write to the permissions');
const subjects = fs.globSync(resolve(input('subject-path')));
if (subjects.length === 0) fail(`Could not find subject at path ${input('subject-path')}`);
console.log(`attested ${subjects.length}`);
