import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  checkContextFile,
  CONTEXT_FILE_STATE,
  restoreContextFile,
  withContextFile,
} from '../../src/cdk/context-file.js';
import { ActionError } from '../../src/errors.js';

let root: string;
let file: string;
let state: Record<string, string>;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'context-')));
  mkdirSync(join(root, 'checkout/app'), { recursive: true });
  file = join(root, 'checkout/app/cdk.context.json');
  state = {};
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function run<T>(rendered: Record<string, unknown>, body: () => T | Promise<T>) {
  const options = {
    workspace: join(root, 'checkout'),
    appFolder: 'app',
    backupFolder: join(root, 'temp'),
    saveState: (name: string, value: string) => {
      state[name] = value;
    },
  };
  return withContextFile(
    options,
    (existing) => ({ ...existing, ...rendered }),
    async () => body(),
  );
}

const read = (): unknown => JSON.parse(readFileSync(file, 'utf8'));
const backups = () => readdirSync(join(root, 'temp'));

/** A run that ends in the middle, as one does whose machine goes down: what follows it sees is what it left. */
async function crash(rendered: Record<string, unknown>, during?: () => void): Promise<void> {
  const left: Record<string, Buffer> = {};
  const kept: Record<string, string> = {};
  await run(rendered, () => {
    during?.();
    for (const name of backups()) left[join(root, 'temp', name)] = readFileSync(join(root, 'temp', name));
    left[file] = readFileSync(file);
    Object.assign(kept, state);
  });
  for (const [path, content] of Object.entries(left)) writeFileSync(path, content);
  Object.assign(state, kept);
}

// Not as any JSON printer would write it: only the very bytes count as put back.
const ODD = '\uFEFF{ "zones":["a" ],\r\n"z":1}';

describe('withContextFile', () => {
  test('the body sees both, afterwards the bytes and the mode are what they were', async () => {
    writeFileSync(file, ODD);
    chmodSync(file, 0o666);
    const { result, lookups, patch } = await run({ id: 'x' }, () => {
      expect(read()).toStrictEqual({ zones: ['a'], z: 1, id: 'x' });
      expect(statSync(file).mode & 0o777).toBe(0o666);
      return 7;
    });
    expect({ result, lookups, patch }).toStrictEqual({ result: 7, lookups: {}, patch: '' });
    expect(readFileSync(file, 'utf8')).toBe(ODD);
    expect(statSync(file).mode & 0o777).toBe(0o666);
    expect(readdirSync(join(root, 'checkout/app'))).toStrictEqual(['cdk.context.json']);
    expect(backups()).toStrictEqual([]);
    expect(state[CONTEXT_FILE_STATE]).toBe('');
  });

  test('a file that was not there is gone again, and was for us alone', async () => {
    await run({ id: 'x' }, () => {
      expect(read()).toStrictEqual({ id: 'x' });
      expect(statSync(file).mode & 0o777).toBe(0o600);
    });
    expect(existsSync(file)).toBe(false);
  });

  test('a body that fails leaves nothing changed', async () => {
    writeFileSync(file, ODD);
    await expect(run({ id: 'x' }, () => Promise.reject(new Error('synthesis failed')))).rejects.toThrow(
      'synthesis failed',
    );
    expect(readFileSync(file, 'utf8')).toBe(ODD);
    expect(backups()).toStrictEqual([]);
  });

  test('look-ups are told, as a patch without what was rendered, and not left', async () => {
    writeFileSync(file, '{\n  "zones": 1\n}\n');
    const { lookups, patch } = await run({ id: 'x' }, () => {
      writeFileSync(file, JSON.stringify({ zones: 1, id: 'x', vpc: 'v' }));
    });
    expect(lookups).toStrictEqual({ vpc: 'v' });
    expect(patch).toContain('+++ b/app/cdk.context.json');
    expect(patch.split('\n').filter((line) => /^[+-] /.test(line))).toStrictEqual([
      '-  "zones": 1',
      '+  "zones": 1,',
      '+  "vpc": "v"',
    ]);
    expect(read()).toStrictEqual({ zones: 1 });
  });

  test('an app that removes the file looked nothing up', async () => {
    writeFileSync(file, '{"a":1}');
    const { lookups } = await run({ id: 'x' }, () => {
      rmSync(file);
    });
    expect(lookups).toStrictEqual({});
    expect(read()).toStrictEqual({ a: 1 });
  });

  test('the backup is for us alone, and its place is known before the file is touched', async () => {
    await run({ id: 'x' }, () => {
      const backup = state[CONTEXT_FILE_STATE] ?? '';
      expect(backups().map((name) => join(root, 'temp', name))).toStrictEqual([backup]);
      expect(statSync(backup).mode & 0o777).toBe(0o600);
    });
  });

  test('a link within the workspace stays a link', async () => {
    const target = join(root, 'checkout/shared.json');
    writeFileSync(target, '{"a":1}');
    symlinkSync(target, file);
    await run({ id: 'x' }, () => {
      expect(JSON.parse(readFileSync(target, 'utf8'))).toStrictEqual({ a: 1, id: 'x' });
    });
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('{"a":1}');
  });

  test('two at a time are refused, and the first one is put back', async () => {
    const twice = run({ id: 'x' }, () => run({ id: 'y' }, () => undefined));
    await expect(twice).rejects.toThrow('app/cdk.context.json is written already');
    expect(existsSync(file)).toBe(false);
    await expect(run({ id: 'z' }, () => 1)).resolves.toMatchObject({ result: 1 });
  });

  test('when putting back fails, too, both failures and the place of the backup are told', async () => {
    writeFileSync(file, ODD);
    const failing = run({ id: 'x' }, () => {
      rmSync(file);
      mkdirSync(join(file, 'in-the-way'), { recursive: true });
      throw new Error('synthesis failed');
    });
    await expect(failing).rejects.toThrow(/cannot be put back: .*its content is in .*; before that: synthesis failed$/);
    expect(backups()).toHaveLength(1);
    expect(state[CONTEXT_FILE_STATE]).not.toBe('');
  });
});

describe('refused before anything is touched', () => {
  const cases: [name: string, prepare: () => void, message: string][] = [
    [
      'no JSON',
      () => {
        writeFileSync(file, '{"token": "hunter2", }');
      },
      'app/cdk.context.json: is not valid JSON (',
    ],
    [
      'an empty file',
      () => {
        writeFileSync(file, '');
      },
      'app/cdk.context.json: is not valid JSON (it ends too early)',
    ],
    [
      'a list',
      () => {
        writeFileSync(file, '[]');
      },
      'app/cdk.context.json: is not a JSON object',
    ],
    [
      'a folder',
      () => {
        mkdirSync(file);
      },
      'app/cdk.context.json: is not a file',
    ],
    [
      'a link to nothing',
      () => {
        symlinkSync('none.json', file);
      },
      'app/cdk.context.json: there is no such path',
    ],
    [
      'a link out of the workspace',
      () => {
        writeFileSync(join(root, 'outside.json'), '{}');
        symlinkSync('../../outside.json', file);
      },
      'app/cdk.context.json: leads out of the workspace',
    ],
  ];

  test.each(cases)('%s', async (_name, prepare, message) => {
    prepare();
    const attempt = run({ id: 'x' }, () => {
      throw new Error('the body ran');
    });
    const error: unknown = await attempt.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ActionError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('hunter2');
    const check = () => {
      checkContextFile({ workspace: join(root, 'checkout'), appFolder: 'app' }, (existing) => existing);
    };
    expect(check).toThrow((error as Error).message);
    expect(state).toStrictEqual({});
    expect(existsSync(join(root, 'temp'))).toBe(false);
  });

  test('a failing merge', async () => {
    writeFileSync(file, ODD);
    const rendered = Object.defineProperty({}, 'id', {
      enumerable: true,
      get: () => {
        throw new ActionError('context', 'set twice');
      },
    });
    await expect(run(rendered, () => undefined)).rejects.toThrow('set twice');
    expect(readFileSync(file, 'utf8')).toBe(ODD);
    expect(state).toStrictEqual({});
  });
});

describe('after a job that was cancelled', () => {
  test('the post step puts the file back, once', async () => {
    writeFileSync(file, ODD);
    await crash({ id: 'x' });
    expect(read()).toStrictEqual({ zones: ['a'], z: 1, id: 'x' });
    const backup = state[CONTEXT_FILE_STATE] ?? '';
    expect(restoreContextFile(backup)).toBe(file);
    expect(readFileSync(file, 'utf8')).toBe(ODD);
    writeFileSync(file, '{"later": true}');
    expect(restoreContextFile(backup)).toBeUndefined();
    expect(read()).toStrictEqual({ later: true });
  });

  test('the post step removes a file that was not there', async () => {
    await crash({ id: 'x' });
    expect(restoreContextFile(state[CONTEXT_FILE_STATE] ?? '')).toBe(file);
    expect(existsSync(file)).toBe(false);
  });

  test('there is nothing to do when nothing was written', () => {
    expect(restoreContextFile('')).toBeUndefined();
    expect(restoreContextFile(join(root, 'temp/none.json'))).toBeUndefined();
  });

  test('a damaged backup is named', () => {
    writeFileSync(join(root, 'backup.json'), '{"file": 1}');
    expect(() => restoreContextFile(join(root, 'backup.json'))).toThrow(/backup\.json: damaged backup/);
  });
});

describe('after a run that went down with its machine', () => {
  test('what it left is undone first, look-ups included', async () => {
    writeFileSync(file, ODD);
    await crash({ id: 'old', gone: 1 }, () => {
      writeFileSync(file, JSON.stringify({ ...(read() as object), vpc: 'v' }));
    });
    await run({ id: 'new' }, () => {
      expect(read()).toStrictEqual({ zones: ['a'], z: 1, id: 'new' });
    });
    expect(readFileSync(file, 'utf8')).toBe(ODD);
  });

  test.each([
    ['another content', '{"fresh":1}'],
    ['no JSON object', '[]'],
  ])('a fresh checkout stays as it is: %s', async (_name, fresh) => {
    writeFileSync(file, ODD);
    await crash({ id: 'old' });
    writeFileSync(file, fresh);
    await run({ id: 'new' }, () => undefined).catch(() => undefined);
    expect(readFileSync(file, 'utf8')).toBe(fresh);
  });

  test('an empty context says nothing of whose the file is', async () => {
    await crash({});
    writeFileSync(file, '{"vpc":"committed since"}');
    await run({ id: 'new' }, () => undefined);
    expect(read()).toStrictEqual({ vpc: 'committed since' });
  });
});
