const fs = require('node:fs');
const path = require('node:path');
const { called, fail, input, output, resolve, store } = require('./lib.cjs');

called('upload-artifact');
const name = input('name');
// The service refuses these, whatever the file system could hold.
if (name === '' || /["<>|*?:\\/\r\n]/.test(name)) fail(`the artifact name is not valid: ${name}`);
const wanted = input('path');
const source = wanted && resolve(wanted);
const files = source && fs.existsSync(source) ? list(source) : [];
if (files.length === 0) {
  const message = `no files were found with the provided path: ${wanted}`;
  if (input('if-no-files-found') === 'error') fail(message);
  if (input('if-no-files-found') === 'warn') console.log(`::warning::${message}`);
  process.exit(0);
}
const target = path.join(store, name);
if (fs.existsSync(target)) {
  if (input('overwrite') !== 'true')
    fail('(409) Conflict: an artifact with this name already exists on the workflow run');
  fs.rmSync(target, { recursive: true });
}
for (const file of files) {
  const place = path.join(
    target,
    fs.statSync(source).isDirectory() ? path.relative(source, file) : path.basename(file),
  );
  fs.mkdirSync(path.dirname(place), { recursive: true });
  fs.writeFileSync(place, fs.readFileSync(file), { mode: 0o644 });
}
output('artifact-id', '1');

function list(file) {
  if (!fs.statSync(file).isDirectory()) return [file];
  return fs
    .readdirSync(file)
    .filter((inner) => !inner.startsWith('.') || input('include-hidden-files') === 'true')
    .flatMap((inner) => list(path.join(file, inner)));
}
