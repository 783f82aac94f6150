const fs = require('node:fs');
const path = require('node:path');
const { called, fail, input, resolve } = require('./lib.cjs');

called('checkout');
const repository = input('repository') || process.env.GITHUB_REPOSITORY;
const source = path.join(process.env.STAND_IN_REPOSITORIES, repository);
if (!fs.existsSync(source)) fail(`repository '${repository}' not found`);
if (
  input('repository') &&
  fs.existsSync(`${source}.token`) &&
  fs.readFileSync(`${source}.token`, 'utf8') !== input('token')
) {
  fail(`repository '${repository}' not found`);
}
const target = resolve(input('path'));
fs.cpSync(source, target, { recursive: true, verbatimSymlinks: true });
fs.mkdirSync(path.join(target, '.git'), { recursive: true });
// As the real one does unless it is told not to.
if (input('persist-credentials') !== 'false') fs.writeFileSync(path.join(target, '.git/config'), input('token'));
