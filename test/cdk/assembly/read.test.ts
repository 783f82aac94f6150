import fc from 'fast-check';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAssembly } from '../../../src/cdk/assembly/read.js';
import { ActionError } from '../../../src/errors.js';
import { assets, fileAsset, folderWith, manifest, nestedIn, stack, stage, type Json } from './make.js';

const TEMPLATE = { Resources: { Queue: { Type: 'AWS::SQS::Queue' } } };

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(ActionError);
    expect((error as ActionError).code).toBe('assembly');
    expect((error as ActionError).message).not.toContain('\n');
    return (error as ActionError).message;
  }
  throw new Error('nothing was thrown');
}

const refusalOf = (files: Readonly<Record<string, unknown>>): string => refusal(() => readAssembly(folderWith(files)));

test('a stack with all that it may say', () => {
  const folder = folderWith({
    'manifest.json': manifest(
      {
        'notes.v1': stack(
          'notes.template.json',
          {
            stackName: 'fff-notes',
            terminationProtection: true,
            tags: { team: 'a' },
            assumeRoleArn: 'arn:deploy',
            assumeRoleExternalId: 'x',
            cloudFormationExecutionRoleArn: 'arn:exec',
            lookupRole: { arn: 'arn:lookup', requiresBootstrapStackVersion: 8 },
            stackTemplateAssetObjectUrl: 's3://b/k',
          },
          { dependencies: ['notes.v1.assets', 'base'], displayName: 'notes.v1' },
        ),
        base: stack('base.template.json', {}, { environment: 'aws://unknown-account/unknown-region' }),
        'notes.v1.assets': assets('notes.assets.json'),
        Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
      },
      { minimumCliVersion: '2.1148.2', missing: [{ key: 'zones' }] },
    ),
    'notes.template.json': TEMPLATE,
    'base.template.json': {},
    'notes.assets.json': {
      version: '54.0.0',
      files: { t: fileAsset({ path: 'notes.template.json' }), b: fileAsset({ path: 'asset.b' }) },
      dockerImages: { a: { source: { directory: 'asset.a' }, destinations: {} } },
    },
    'tree.json': {},
  });
  const assembly = readAssembly(folder);
  expect(assembly).toMatchObject({ folder, version: '54.0.0', minimumCliVersion: '2.1148.2', missing: ['zones'] });
  expect(assembly.stacks.map(({ id, wave }) => [id, wave])).toEqual([
    ['base', 1],
    ['notes.v1', 2],
  ]);
  expect(assembly.stacks[1]).toMatchObject({
    displayName: 'notes.v1',
    name: 'fff-notes',
    account: '111122223333',
    region: 'eu-west-1',
    terminationProtection: true,
    tags: { team: 'a' },
    dependsOn: ['base'],
    roles: { deploy: 'arn:deploy', deployExternalId: 'x', execution: 'arn:exec', lookup: 'arn:lookup' },
    assets: ['a', 'b'],
    templateUrl: 's3://b/k',
    file: path.join(folder, 'notes.template.json'),
    body: TEMPLATE,
    nested: {},
  });
  expect(assembly.stacks[0]).toMatchObject({ name: 'base', displayName: 'base', roles: {}, assets: [], tags: {} });
  expect(assembly.stacks[0]).not.toHaveProperty('account');
  expect(assembly.stacks[0]).not.toHaveProperty('region');
  expect(assembly.assetManifests.map(({ file, stacks }) => [file, stacks])).toEqual([
    ['notes.assets.json', ['notes.v1']],
  ]);
});

test('stages, in stages', () => {
  const inner = (id: string, more: Json = {}): Json =>
    manifest({ [id]: stack('t.json', {}, { displayName: id }), ...more });
  const folder = folderWith({
    'manifest.json': inner('Top', { 'assembly-Prod': stage('assembly-Prod') }),
    't.json': TEMPLATE,
    'assembly-Prod/manifest.json': {
      ...inner('Prod/Api', { deeper: stage('../assembly-Deep') }),
      missing: [{ key: 'vpc' }],
    },
    'assembly-Prod/t.json': TEMPLATE,
    'assembly-Deep/manifest.json': inner('Prod/Deep/Api'),
    'assembly-Deep/t.json': TEMPLATE,
  });
  const { stacks, missing } = readAssembly(folder);
  expect(stacks.map(({ id }) => id)).toEqual(['Top', 'Prod/Api', 'Prod/Deep/Api']);
  expect(stacks[1]?.file).toBe(path.join(folder, 'assembly-Prod/t.json'));
  expect(missing).toEqual(['vpc']);
});

describe('templates', () => {
  const logical = (data: string, trace?: string[]): Json => ({
    type: 'aws:cdk:logicalId',
    data,
    ...(trace && { trace }),
  });

  test('nested two levels deep, each construct at its own place', () => {
    const folder = folderWith({
      'manifest.json': manifest({
        App: stack(
          'app.json',
          {},
          {
            additionalMetadataFile: 'app.metadata.json',
            metadata: {
              '/App/Queue/Resource': [logical('Queue', ['node:internal/a', '    at new App (/src/lib/app.ts:7:5)'])],
              '/App/Mid/Queue/Resource': [
                logical('Queue', ['new Mid (/src/node_modules/x.js:1:1)', '/src/mid.ts:9:1']),
              ],
            },
          },
        ),
      }),
      'app.metadata.json': { '/App/Mid/Leaf/Topic': [logical('Topic')], '/App/other': [{ type: 'aws:cdk:warning' }] },
      'app.json': {
        Resources: {
          Queue: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': 'App/Queue/Resource' } },
          Mid: nestedIn('mid.nested.template.json', 'App/Mid.NestedStack/Mid'),
          Foreign: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/t' } },
        },
      },
      'mid.nested.template.json': {
        Resources: {
          Queue: { Type: 'AWS::SQS::Queue', Metadata: { 'aws:cdk:path': 'App/Mid/Queue/Resource' } },
          Leaf: nestedIn('leaf.nested.template.json'),
        },
      },
      'leaf.nested.template.json': { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } },
    });
    const app = readAssembly(folder).stacks[0];
    expect(Object.keys(app?.nested ?? {})).toEqual(['Mid']);
    expect(app?.constructs).toEqual({
      Queue: { path: 'App/Queue/Resource', source: '/src/lib/app.ts:7' },
      Mid: { path: 'App/Mid.NestedStack/Mid' },
    });
    const mid = app?.nested['Mid'];
    expect(mid?.constructs).toEqual({ Queue: { path: 'App/Mid/Queue/Resource', source: '/src/mid.ts:9' } });
    expect(mid?.nested['Leaf']).toMatchObject({
      file: path.join(folder, 'leaf.nested.template.json'),
      constructs: { Topic: { path: 'App/Mid/Leaf/Topic' } },
      nested: {},
    });
  });

  test('a YAML one', () => {
    const folder = folderWith({
      'manifest.json': manifest({ A: stack('a.yaml') }),
      'a.yaml': 'Resources:\n  Q:\n    Type: AWS::SQS::Queue\n',
    });
    expect(readAssembly(folder).stacks[0]?.body).toEqual({ Resources: { Q: { Type: 'AWS::SQS::Queue' } } });
  });

  test.each([
    ['neither', '{"a":\n\n [}', /^t\.json is neither JSON nor YAML: /],
    ['a word', 'hello', /^t\.json is not a CloudFormation template$/],
    ['a list', '[]', /^t\.json is not a CloudFormation template$/],
    ['a resource without type', '{"Resources":{"A":{}}}', /^t\.json is not a CloudFormation template$/],
  ])('%s', (_, text, message) => {
    expect(refusalOf({ 'manifest.json': manifest({ A: stack('t.json') }), 't.json': text })).toMatch(message);
  });

  test('one that is nested in itself', () => {
    const files = {
      'manifest.json': manifest({ A: stack('a.json') }),
      'a.json': { Resources: { B: nestedIn('b.json') } },
      'b.json': { Resources: { A: nestedIn('./sub/../a.json') } },
      'sub/x': '',
    };
    expect(refusalOf(files)).toBe('./sub/../a.json is nested in itself');
  });

  test('the same one nested twice beside each other', () => {
    const folder = folderWith({
      'manifest.json': manifest({ A: stack('a.json') }),
      'a.json': { Resources: { B: nestedIn('b.json'), C: nestedIn('b.json') } },
      'b.json': {},
    });
    expect(Object.keys(readAssembly(folder).stacks[0]?.nested ?? {})).toEqual(['B', 'C']);
  });
});

describe('a path that leads out is refused', () => {
  const places: readonly [string, (wanted: string) => Record<string, unknown>][] = [
    ['a template', (wanted) => ({ 'manifest.json': manifest({ A: stack(wanted) }) })],
    [
      'a nested template',
      (wanted) => ({
        'manifest.json': manifest({ A: stack('a.json') }),
        'a.json': { Resources: { B: nestedIn(wanted) } },
      }),
    ],
    ['an asset manifest', (wanted) => ({ 'manifest.json': manifest({ A: assets(wanted) }) })],
    ['a tree', (wanted) => ({ 'manifest.json': manifest({ T: { type: 'cdk:tree', properties: { file: wanted } } }) })],
    ['a stage', (wanted) => ({ 'manifest.json': manifest({ S: stage(wanted) }) })],
    [
      'metadata',
      (wanted) => ({
        'manifest.json': manifest({ A: stack('a.json', {}, { additionalMetadataFile: wanted }) }),
        'a.json': {},
      }),
    ],
  ];

  const prepared = (files: Record<string, unknown>): string => {
    const folder = folderWith({ ...files, 'inside/x': '' });
    const outside = path.join(folder, '..', 'outside');
    mkdirSync(outside);
    mkdirSync(path.join(folder, '../cdk.out-other'));
    writeFileSync(path.join(outside, 'file.json'), '{}');
    writeFileSync(path.join(folder, '../cdk.out-other/file.json'), '{}');
    symlinkSync('../outside/file.json', path.join(folder, 'link.json'));
    symlinkSync(outside, path.join(folder, 'folder-link'));
    symlinkSync('..', path.join(folder, 'inside/up'));
    return folder;
  };

  test.each(places)('%s', (_, files) => {
    for (const wanted of [
      '../outside/file.json',
      '../none.json',
      '../cdk.out-other/file.json',
      '/etc/passwd',
      'link.json',
      'folder-link/file.json',
    ]) {
      const folder = prepared(files(wanted));
      const message = refusal(() => readAssembly(folder));
      expect(message, wanted).toMatch(/leads out of the assembly: synthesise it anew$/);
      expect(message).toContain(`'${wanted}'`);
    }
  });

  test.each(['folder-link/../outside/file.json', 'inside/up/../outside/file.json'])(
    'a way through a link and back is taken as it is written: %s',
    (wanted) => {
      const folder = prepared({ 'manifest.json': manifest({ A: stack(wanted) }) });
      expect(refusal(() => readAssembly(folder))).toMatch(/is not in the assembly: synthesise it anew$/);
    },
  );

  test('the manifest itself, as a link', () => {
    const folder = prepared({});
    symlinkSync('../outside/file.json', path.join(folder, 'manifest.json'));
    expect(refusal(() => readAssembly(folder))).toMatch(/'manifest\.json'.* leads out of the assembly/);
  });

  test('a path that goes through a link inside is read', () => {
    const folder = prepared({ 'manifest.json': manifest({ A: stack('inside/up/a.json') }), 'a.json': {} });
    expect(readAssembly(folder).stacks[0]?.file).toBe(path.join(folder, 'a.json'));
  });
});

describe('what is no assembly', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['an empty folder', {}, /^'manifest\.json', named in the assembly, is not in the assembly: synthesise it anew$/],
    ['text', { 'manifest.json': 'hello\nworld' }, /^manifest\.json is not JSON \(.*\): synthesise it anew$/],
    ['a folder', { 'manifest.json/x': '' }, /^manifest\.json cannot be read \(EISDIR.*\): synthesise it anew$/],
    ['null', { 'manifest.json': 'null' }, /^manifest\.json: it is wrong: /],
    ['without version', { 'manifest.json': {} }, /^manifest\.json: version is wrong: /],
    [
      'a stack without template',
      { 'manifest.json': manifest({ A: { type: 'aws:cloudformation:stack', properties: {} } }) },
      /^manifest\.json: artifact A: properties\.templateFile is wrong: /,
    ],
    [
      'a template that is a folder',
      { 'manifest.json': manifest({ A: stack('t') }), 't/x': '' },
      /^t cannot be read \(EISDIR/,
    ],
    ['a template that is all', { 'manifest.json': manifest({ A: stack('.') }) }, /^\. cannot be read/],
    ['a name that no file has', { 'manifest.json': manifest({ A: stack('a\u0000b') }) }, /is not in the assembly/],
    ['a stage in itself', { 'manifest.json': manifest({ S: stage('.') }) }, /^stage S is nested in itself/],
    [
      'stages in each other',
      { 'manifest.json': manifest({ S: stage('s') }), 's/manifest.json': manifest({ T: stage('..') }) },
      /^stage T is nested in itself/,
    ],
    [
      'stacks that wait for each other',
      {
        'manifest.json': manifest({
          A: stack('t.json', {}, { dependencies: ['B'] }),
          B: stack('t.json', {}, { dependencies: ['A'] }),
        }),
        't.json': {},
      },
      /^stacks wait for each other: A → B → A$/,
    ],
  ])('%s', (_, files, message) => {
    expect(refusalOf(files)).toMatch(message);
  });

  test('a folder that is not there', () => {
    const folder = folderWith({});
    rmSync(folder, { recursive: true });
    expect(refusal(() => readAssembly(folder))).toMatch(/cdk\.out is not the folder of an assembly: ENOENT/);
    mkdirSync(folder);
  });

  test('whatever stands in the files, nothing but an ActionError is thrown', () => {
    const folder = folderWith({ 'sub/manifest.json': manifest({}) });
    const at = (name: string): string => path.join(folder, name);
    const anything = fc.jsonValue({ maxDepth: 3 });
    const file = fc.constantFrom('a.json', 'b.json', 'a.json', 'b.json', 'sub', 'sub', '.', 'none', '', '..');
    // Mostly right, so that what is wrong is found at every depth.
    const either = <T>(good: fc.Arbitrary<T>) => fc.oneof({ arbitrary: good, weight: 25 }, anything);
    const artifact = fc.record(
      {
        type: either(
          fc.constantFrom('aws:cloudformation:stack', 'cdk:asset-manifest', 'cdk:cloud-assembly', 'cdk:tree', 'other'),
        ),
        environment: either(fc.constantFrom('aws://1/a', 'aws:///', 'x')),
        dependencies: either(fc.array(fc.constantFrom('A', 'B', 'C', '__proto__'), { maxLength: 2 })),
        metadata: either(fc.constant({ '/A/B': [{ type: 'aws:cdk:logicalId', data: 'B', trace: ['x.ts:1:2'] }] })),
        additionalMetadataFile: either(file),
        properties: either(fc.record({ templateFile: either(file), file: either(file), directoryName: either(file) })),
      },
      { requiredKeys: ['type', 'properties'] },
    );
    const body = either(
      fc.record(
        {
          version: either(fc.constant('54.0.0')),
          artifacts: either(fc.dictionary(fc.constantFrom('A', 'B', 'C', '__proto__'), artifact, { maxKeys: 3 })),
          missing: either(fc.constant([{ key: 'zones' }])),
          Resources: either(fc.dictionary(fc.string(), either(file.map((name) => nestedIn(name))), { maxKeys: 2 })),
          files: either(fc.dictionary(fc.string(), either(fc.constant(fileAsset({ path: 'a.json' }))), { maxKeys: 2 })),
        },
        { requiredKeys: ['version', 'artifacts'] },
      ),
    ).map((value) => JSON.stringify(value));
    const text = fc.oneof({ arbitrary: body, weight: 25 }, fc.string());
    let read = 0;
    fc.assert(
      fc.property(text, text, text, (manifestText, a, b) => {
        writeFileSync(at('manifest.json'), manifestText);
        writeFileSync(at('a.json'), a);
        writeFileSync(at('b.json'), b);
        try {
          readAssembly(folder);
          read += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(ActionError);
          expect((error as ActionError).message).toMatch(/^[^\n]+$/);
        }
      }),
      // The example shows that there is something that is read.
      { numRuns: 200, examples: [[JSON.stringify(manifest({ A: stack('a.json') })), '{}', '{}']] },
    );
    expect(read).toBeGreaterThan(0);
  });
});
