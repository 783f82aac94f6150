import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Header, Pax, type HeaderData } from 'tar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf, pack, unpack } from '../../../src/cdk/assembly/archive.js';
import { ActionError } from '../../../src/errors.js';

let root: string;
let folder: string;
const at = (...names: string[]): string => path.join(root, ...names);

beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'archive-')));
  folder = at('cdk.out');
  fill(folder);
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A folder with all that an assembly may hold. */
function fill(into: string): void {
  mkdirSync(path.join(into, 'asset.1/empty'), { recursive: true });
  mkdirSync(path.join(into, '@scope'));
  writeFileSync(path.join(into, 'manifest.json'), '{}');
  writeFileSync(path.join(into, '@scope/file'), 'at');
  writeFileSync(path.join(into, '@file'), 'at');
  writeFileSync(path.join(into, '.hidden'), 'dot');
  writeFileSync(path.join(into, 'asset.1/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  writeFileSync(path.join(into, `asset.1/${'long-'.repeat(40)}`), 'long');
  writeFileSync(path.join(into, 'asset.1/grüße.txt'), 'utf-8');
  symlinkSync('run.sh', path.join(into, 'asset.1/link'));
  symlinkSync('../asset.1', path.join(into, '@scope/folder-link'));
  symlinkSync('.', path.join(into, 'asset.1/loop'));
}

/** What lies in a folder, links not followed. */
function listing(of: string): string[] {
  const walk = (below: string): string[] =>
    readdirSync(path.join(of, below), { withFileTypes: true }).flatMap((entry) => {
      const name = path.join(below, entry.name);
      const full = path.join(of, name);
      const mode = (lstatSync(full).mode & 0o777).toString(8);
      if (entry.isSymbolicLink()) return `${name} -> ${readlinkSync(full)}`;
      if (entry.isDirectory()) return [`${name}/ ${mode}`, ...walk(name)];
      return `${name} ${mode} ${readFileSync(full, 'utf8')}`;
    });
  return walk('').sort();
}

describe('pack and unpack', () => {
  test('what comes out is what went in', async () => {
    await pack(folder, at('deep/er/a.tar'));
    await unpack(at('deep/er/a.tar'), at('out'));
    expect(listing(at('out'))).toEqual(listing(folder));
    expect(listing(at('out'))).toContain('asset.1/link -> run.sh');
    expect(listing(at('out'))).toContain('asset.1/empty/ 755');
  });

  test('a link to a folder is not walked into', async () => {
    symlinkSync('/', path.join(folder, 'everything'));
    await pack(folder, at('a.tar'));
    expect(statSync(at('a.tar')).size).toBeLessThan(100_000);
  });

  test('hard links become files of their own', async () => {
    linkSync(path.join(folder, 'manifest.json'), path.join(folder, 'asset.1/same'));
    await pack(folder, at('a.tar'));
    await unpack(at('a.tar'), at('out'));
    expect(readFileSync(at('out/asset.1/same'), 'utf8')).toBe('{}');
    expect(statSync(at('out/asset.1/same')).nlink).toBe(1);
  });
});

describe('digestOf', () => {
  test('a folder and its tar have the same', async () => {
    await pack(folder, at('a.tar'));
    const digest = await digestOf(folder);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await digestOf(at('a.tar'))).toBe(digest);
  });

  test('so has a folder that was unpacked', async () => {
    await pack(folder, at('a.tar'));
    await unpack(at('a.tar'), at('out'));
    expect(await digestOf(at('out'))).toBe(await digestOf(folder));
  });

  test.each<[string, () => void]>([
    [
      'content',
      () => {
        writeFileSync(path.join(folder, 'manifest.json'), '{ }');
      },
    ],
    [
      'the bit that makes a program',
      () => {
        chmodSync(path.join(folder, 'asset.1/run.sh'), 0o644);
      },
    ],
    [
      'a dot file',
      () => {
        writeFileSync(path.join(folder, '.hidden'), 'toD');
      },
    ],
    [
      'a dot file that is gone',
      () => {
        rmSync(path.join(folder, '.hidden'));
      },
    ],
    [
      'an empty folder that is gone',
      () => {
        rmSync(path.join(folder, 'asset.1/empty'), { recursive: true });
      },
    ],
    [
      'a name',
      () => {
        renameSync(path.join(folder, '@file'), path.join(folder, '@elif'));
      },
    ],
    [
      'a file below an @',
      () => {
        writeFileSync(path.join(folder, '@scope/file'), 'ta');
      },
    ],
    [
      'where a link leads',
      () => {
        rmSync(path.join(folder, 'asset.1/link'));
        symlinkSync('empty', path.join(folder, 'asset.1/link'));
      },
    ],
    [
      'a link that became what it led to',
      () => {
        rmSync(path.join(folder, 'asset.1/link'));
        writeFileSync(path.join(folder, 'asset.1/link'), '#!/bin/sh\n', { mode: 0o755 });
      },
    ],
    [
      'a folder that became a file',
      () => {
        rmSync(path.join(folder, 'asset.1/empty'), { recursive: true });
        writeFileSync(path.join(folder, 'asset.1/empty'), '');
      },
    ],
  ])('covers %s', async (_, change) => {
    const before = await digestOf(folder);
    change();
    expect(await digestOf(folder)).not.toBe(before);
  });

  test('says nothing of times, of the path, or of the order in which files were written', async () => {
    const other = at('somewhere', 'else');
    mkdirSync(other, { recursive: true });
    writeFileSync(path.join(other, 'manifest.json'), '{}');
    fill(other);
    utimesSync(path.join(other, 'manifest.json'), 1, 1);
    utimesSync(other, 1, 1);
    expect(await digestOf(other)).toBe(await digestOf(folder));
  });

  test('says nothing of hard links', async () => {
    const before = await digestOf(folder);
    linkSync(path.join(folder, '@file'), path.join(folder, 'twin'));
    rmSync(path.join(folder, '@file'));
    writeFileSync(path.join(folder, '@file'), 'at');
    rmSync(path.join(folder, 'twin'));
    expect(await digestOf(folder)).toBe(before);
    linkSync(path.join(folder, '@file'), at('twin outside'));
    expect(await digestOf(folder)).toBe(before);
  });
});

type Made = readonly (HeaderData & { readonly body?: string })[];

/** A tar made by hand, so that it may hold what no packer writes. */
function tar(...entries: Made): string {
  const blocks = entries.flatMap(({ body = '', ...data }) => {
    const header = new Header({ mode: 0o755, size: Buffer.byteLength(body), ...data });
    const block = Buffer.alloc(512);
    header.encode(block);
    return [block, padded(body)];
  });
  const file = at('made.tar');
  writeFileSync(file, Buffer.concat([...blocks, Buffer.alloc(1024)]));
  return file;
}

function padded(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

const file = (name: string, body = 'x') => ({ path: name, type: 'File', body }) as const;
const directory = (name: string) => ({ path: name, type: 'Directory' }) as const;
const link = (name: string, linkpath: string) => ({ path: name, type: 'SymbolicLink', linkpath }) as const;

async function refusal(archive: string): Promise<string> {
  const before = readdirSync(root).sort();
  const error: unknown = await unpack(archive, at('into/out')).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ActionError);
  expect((error as ActionError).code).toBe('assembly');
  expect((error as ActionError).message).not.toContain('\n');
  // Nothing was written, neither there nor beside it.
  expect(existsSync(at('into'))).toBe(false);
  expect(readdirSync(root).sort()).toEqual(before);
  return (error as ActionError).message;
}

describe('unpack refuses', () => {
  const harmless = file('manifest.json', '{}');
  const OUT = /leads out of the assembly: synthesise it anew$/;

  test.each<[string, Made]>([
    ['a path above', [harmless, file('../evil')]],
    ['a path above, on a detour', [harmless, file('asset/../../evil')]],
    ['an absolute path', [harmless, file('/tmp/evil')]],
    ['a folder above', [harmless, directory('../evil')]],
    ['a link that leads above', [harmless, link('evil', '../x')]],
    ['a link that leads above from a folder', [harmless, directory('a'), link('a/evil', '../../x')]],
    ['an absolute link', [harmless, link('evil', '/etc/passwd')]],
    ['a link to the folder above', [harmless, link('evil', '..')]],
    ['a link whose name is above', [harmless, link('../evil', 'cdk.out')]],
    ['a link out and a file through it', [harmless, link('evil', '../x'), file('evil/file')]],
    [
      'a link that leads above through another link',
      // As text it ends at the top; but p/x is folder z, so that p/x/.. is the top already.
      [harmless, directory('z'), directory('p/q'), link('p/x', '../z'), link('p/q/evil', '../x/../..')],
    ],
    [
      'the same, the other link behind it',
      [harmless, directory('z'), directory('p/q'), link('p/q/evil', '../x/../..'), link('p/x', '../z')],
    ],
    ['a link to a sibling whose name begins alike', [harmless, link('evil', '../out-other/x')]],
  ])('%s', async (_, entries) => {
    expect(await refusal(tar(...entries))).toMatch(OUT);
  });

  test.each<[string, Made, RegExp]>([
    [
      'a hard link',
      [harmless, { path: 'evil', type: 'Link', linkpath: 'manifest.json' }],
      /'evil' is a Link, which no assembly holds/,
    ],
    ['a pipe', [harmless, { path: 'evil', type: 'FIFO' }], /'evil' is a FIFO/],
    [
      'a device',
      [harmless, { path: 'evil', type: 'CharacterDevice', devmaj: 1, devmin: 3 }],
      /'evil' is a CharacterDevice/,
    ],
    ['a disk', [harmless, { path: 'evil', type: 'BlockDevice', devmaj: 8, devmin: 0 }], /'evil' is a BlockDevice/],
    [
      'a file below a link, even one inside',
      [directory('a'), link('b', 'a'), file('b/file')],
      /'b\/file' lies below the link 'b'/,
    ],
    [
      'a file below a link that follows',
      [directory('a'), file('b/file'), link('b', 'a')],
      /'b\/file' lies below the link 'b'/,
    ],
    ['a file that is there twice', [file('a', '1'), file('./a', '2')], /'.\/a' is in it twice/],
    ['a folder that becomes a link', [directory('a'), link('a', 'manifest.json')], /'a' is in it twice/],
    ['links that lead to each other', [link('a', 'b'), link('b', 'a')], /'a' leads nowhere|leads out/],
  ])('%s', async (_, entries, message) => {
    expect(await refusal(tar(...entries))).toMatch(message);
  });

  test('a path above in an extended header', async () => {
    const pax = new Pax({ path: '../evil' }).encode();
    const plain = tar(harmless, file('innocent'));
    const bytes = readFileSync(plain);
    writeFileSync(plain, Buffer.concat([bytes.subarray(0, 1024), pax, bytes.subarray(1024)]));
    expect(await refusal(plain)).toMatch(OUT);
  });

  test.each([
    ['text', Buffer.from('this is no tar '.repeat(100))],
    ['nothing', Buffer.alloc(0)],
    ['a tar of nothing', Buffer.alloc(1024)],
    ['half a block', Buffer.alloc(300, 'x')],
  ])('%s', async (_, bytes) => {
    writeFileSync(at('made.tar'), bytes);
    expect(await refusal(at('made.tar'))).toMatch(/made\.tar is not a tar of an assembly \(.+\): give what synth/);
  });

  test('a tar that was cut off', async () => {
    writeFileSync(path.join(folder, 'asset.1/large'), 'x'.repeat(5000));
    await pack(folder, at('made.tar'));
    truncateSync(at('made.tar'), 7000);
    expect(await refusal(at('made.tar'))).toMatch(/made\.tar is not a tar of an assembly \(.+\): give what synth/);
  });

  test('a header that was changed', async () => {
    const bytes = readFileSync(tar(harmless, file('b')));
    bytes.write('9', 1024);
    writeFileSync(at('made.tar'), bytes);
    expect(await refusal(at('made.tar'))).toMatch(/made\.tar is not a tar of an assembly \(.+\): give what synth/);
  });

  test('a tar that is not there', async () => {
    expect(await refusal(at('none.tar'))).toMatch(/none\.tar is not a tar of an assembly \(.+\): give what synth/);
  });
});

test('links inside are kept, also those that lead nowhere yet', async () => {
  await unpack(
    tar(directory('a/b'), file('a/file'), link('a/b/up', '../file'), link('gone', 'a/none'), link('top', '.')),
    at('out'),
  );
  expect(readlinkSync(at('out/gone'))).toBe('a/none');
  expect(readFileSync(at('out/a/b/up'), 'utf8')).toBe('x');
  expect(readlinkSync(at('out/top'))).toBe('.');
});

test('what other packers write is read', async () => {
  await unpack(tar(directory('./'), directory('./a/'), directory('a'), file('./a/file')), at('out'));
  expect(readFileSync(at('out/a/file'), 'utf8')).toBe('x');
});
