const fs = require('node:fs');
const path = require('node:path');
const { called, fail, input, resolve, store } = require('./lib.cjs');

called('download-artifact');
const target = resolve(input('path') || '.');
const name = input('name');
if (name) {
  if (!fs.existsSync(path.join(store, name)))
    fail(`Unable to download artifact(s): Artifact not found for name: ${name}`);
  fs.cpSync(path.join(store, name), target, { recursive: true });
} else {
  const pattern = input('pattern') || '*';
  const names = fs.existsSync(store) ? fs.readdirSync(store).filter((each) => path.matchesGlob(each, pattern)) : [];
  for (const each of names) {
    const place = input('merge-multiple') === 'true' ? target : path.join(target, each);
    fs.cpSync(path.join(store, each), place, { recursive: true });
  }
}
