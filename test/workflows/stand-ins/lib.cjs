// What the stand-ins of external actions share. They are copied beside this file, since act takes a folder for each.
const fs = require('node:fs');
const path = require('node:path');

/** An input, as the toolkit reads it. */
exports.input = (name) => (process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] ?? '').trim();

/** Where the artifacts of the run are. */
exports.store = process.env.STAND_IN_ARTIFACTS;

/** Tells the test that it was called, and how. */
exports.called = (action) => {
  const inputs = Object.fromEntries(
    Object.entries(process.env)
      .filter(([name, value]) => name.startsWith('INPUT_') && value && name !== 'INPUT_TOKEN')
      .map(([name, value]) => [name.slice('INPUT_'.length).toLowerCase(), value]),
  );
  const line = { action, job: process.env.STAND_IN_JOB, inputs };
  fs.appendFileSync(process.env.STAND_IN_CALLS, `${JSON.stringify(line)}\n`);
};

exports.fail = (message) => {
  console.log(`::error::${message}`);
  process.exit(1);
};

exports.output = (name, value) => {
  fs.appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${value}\n`);
};

exports.resolve = (name) => path.resolve(process.env.GITHUB_WORKSPACE, name);
