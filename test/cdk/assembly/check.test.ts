import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkAssembly, checkPlace, type Expected } from '../../../src/cdk/assembly/check.js';
import { readAssembly } from '../../../src/cdk/assembly/read.js';
import { ActionError } from '../../../src/errors.js';
import { ACCOUNT, assets, bucket, fileAsset, folderWith, manifest, REGION, roleArn, stack, type Json } from './make.js';

const expected: Expected = { account: ACCOUNT, region: REGION, qualifier: 'hnb659fds', allowExecutables: false };
const AGNOSTIC = '${AWS::AccountId}-${AWS::Region}';

/** An assembly of one stack with one asset manifest. */
function folderOf(properties: Json, assetManifest: Json, more: Json = {}): string {
  return folderWith({
    'manifest.json': manifest({
      web: stack('web.json', properties, { dependencies: ['web.assets'], ...more }),
      'web.assets': assets('web.assets.json'),
    }),
    'web.json': {},
    'web.assets.json': { version: '54.0.0', ...assetManifest },
    'asset.1/index.js': '',
    'asset.1/Dockerfile': '',
  });
}

function messageOf(folder: string, wanted: Expected = expected): string | undefined {
  const assembly = readAssembly(folder);
  try {
    checkAssembly(assembly, wanted);
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ActionError);
    expect((error as ActionError).code).toBe('assembly');
    expect((error as ActionError).message).not.toContain('\n');
    return (error as ActionError).message;
  }
}

const OWN_ROLES = {
  assumeRoleArn: roleArn('deploy'),
  cloudFormationExecutionRoleArn: roleArn('cfn-exec'),
  lookupRole: { arn: roleArn('lookup') },
};

describe('accepted', () => {
  test.each<[string, Json, Json]>([
    ['nothing but a template', {}, {}],
    [
      'all that the CDK writes for a place',
      { ...OWN_ROLES, stackTemplateAssetObjectUrl: `s3://${bucket()}/t.json` },
      {
        files: {
          t: fileAsset({ path: 'web.json', packaging: 'file' }, { objectKey: 't.json' }),
          a: fileAsset({ path: 'asset.1', packaging: 'zip' }),
        },
        dockerImages: {
          i: {
            source: { directory: 'asset.1', dockerFile: 'Dockerfile' },
            destinations: {
              here: {
                region: REGION,
                repositoryName: `cdk-hnb659fds-container-assets-${ACCOUNT}-${REGION}`,
                assumeRoleArn: roleArn('image-publishing'),
              },
            },
          },
        },
      },
    ],
    [
      'placeholders',
      {
        assumeRoleArn: roleArn('deploy', AGNOSTIC, 'hnb659fds', '${AWS::AccountId}'),
        stackTemplateAssetObjectUrl: `s3://${bucket(AGNOSTIC)}/t.json`,
      },
      {
        files: {
          t: fileAsset(
            { path: 'web.json' },
            {
              region: '${AWS::Region}',
              bucketName: bucket(AGNOSTIC),
              objectKey: 't.json',
              assumeRoleArn: roleArn('file-publishing', AGNOSTIC, 'hnb659fds', '${AWS::AccountId}'),
            },
          ),
        },
      },
    ],
    [
      'roles, buckets and partitions of its own',
      { assumeRoleArn: `arn:aws-cn:iam::${ACCOUNT}:role/mine/deployer` },
      {
        files: {
          a: fileAsset({ path: 'asset.1' }, { bucketName: 'mine', assumeRoleArn: undefined, region: undefined }),
        },
      },
    ],
  ])('%s', (_, properties, assetManifest) => {
    expect(messageOf(folderOf(properties, assetManifest))).toBeUndefined();
  });

  test('a stack that does not say where it goes', () => {
    const more = { environment: 'aws://unknown-account/unknown-region' };
    expect(messageOf(folderOf({}, {}, more))).toBeUndefined();
  });

  test('another qualifier, when it is the target’s', () => {
    const folder = folderOf({ assumeRoleArn: roleArn('deploy', undefined, 'mine') }, {});
    expect(messageOf(folder, { ...expected, qualifier: 'mine' })).toBeUndefined();
  });
});

describe('a stack is refused', () => {
  const other = '444455556666';
  test.each<[string, Json, Json, string]>([
    [
      'for another account',
      {},
      { environment: `aws://${other}/${REGION}` },
      `stack web is for account ${other}, the target's is ${ACCOUNT}: synthesise it for the target, or leave the stack out of 'stacks'`,
    ],
    [
      'for another region',
      {},
      { environment: `aws://${ACCOUNT}/us-east-1` },
      `stack web is for region us-east-1, the target's is ${REGION}: synthesise it for the target, or leave the stack out of 'stacks'`,
    ],
    ...(['assumeRoleArn', 'cloudFormationExecutionRoleArn', 'lookupRole'] as const).map((key) => {
      const arn = roleArn('deploy', undefined, undefined, other);
      const message = `stack web: role ${arn} is not of the target's account ${ACCOUNT}: synthesise it for the target`;
      return [`with ${key} of another account`, { [key]: key === 'lookupRole' ? { arn } : arn }, {}, message] as [
        string,
        Json,
        Json,
        string,
      ];
    }),
    [
      'with a role of another qualifier',
      { assumeRoleArn: roleArn('deploy', undefined, 'theirs') },
      {},
      "stack web has the qualifier 'theirs', the target's is 'hnb659fds': set qualifier: theirs",
    ],
    [
      'with a role that is named for another place',
      { assumeRoleArn: roleArn('deploy', `${ACCOUNT}-us-east-1`) },
      {},
      `stack web goes to ${ACCOUNT}-us-east-1, the target is ${ACCOUNT}-${REGION}: synthesise it for the target`,
    ],
    [
      'with a role that is none',
      { assumeRoleArn: 'arn:aws:iam::111122223333:user/root' },
      {},
      "stack web: 'arn:aws:iam::111122223333:user/root' is not the ARN of a role: synthesise it for the target",
    ],
    [
      'with a placeholder that CloudFormation does not have',
      { assumeRoleArn: 'arn:aws:iam::${AWS::Evil}:role/a' },
      {},
      "stack web: 'arn:aws:iam::${AWS::Evil}:role/a' is not the ARN of a role: synthesise it for the target",
    ],
    [
      'whose template comes from elsewhere',
      { stackTemplateAssetObjectUrl: 's3://elsewhere/t.json' },
      {},
      'stack web would be deployed from s3://elsewhere/t.json, where its template is not published to: synthesise it anew',
    ],
  ])('%s', (_, properties, more, message) => {
    expect(messageOf(folderOf(properties, {}, more))).toBe(message);
  });

  test('whose template would be that of another file', () => {
    const files = { o: fileAsset({ path: 'asset.1/index.js' }, { objectKey: 'o.json' }) };
    const url = `s3://${bucket()}/o.json`;
    expect(messageOf(folderOf({ stackTemplateAssetObjectUrl: url }, { files }))).toBe(
      `stack web would be deployed from ${url}, where its template is not published to: synthesise it anew`,
    );
  });
});

describe('an asset is refused', () => {
  const image = (source: Json, destination: Json = {}): Json => ({
    dockerImages: { i: { source, destinations: { here: destination } } },
  });
  test.each<[string, Json, string | RegExp]>([
    [
      'that runs a program',
      { files: { f: fileAsset({ executable: ['sh', '-c', 'id'] }) } },
      "web.assets.json: asset f would run 'sh -c id': synthesise it ready-made, or set allow-asset-executables: true " +
        'if you trust whoever made the assembly',
    ],
    ['an image that runs a program', image({ executable: ['id'] }), /asset i would run 'id'/],
    ...['dockerBuildSecrets', 'dockerBuildSsh', 'dockerBuildContexts', 'dockerOutputs'].map(
      (key) =>
        [
          `whose build takes ${key}`,
          image({ directory: 'asset.1', [key]: 'x' }),
          new RegExp(`asset i would give the runner's files to its ${key}: `),
        ] as [string, Json, RegExp],
    ),
    [
      'that lies outside',
      { files: { f: fileAsset({ path: '../outside' }) } },
      "'../outside', named in web.assets.json, leads out of the assembly: synthesise it anew",
    ],
    ['that lies at an absolute path', { files: { f: fileAsset({ path: '/etc' }) } }, /'\/etc'.* leads out/],
    ['that is a link to outside', { files: { f: fileAsset({ path: 'link' }) } }, /'link'.* leads out/],
    ['below a folder that is a link', { files: { f: fileAsset({ path: 'link/file' }) } }, /'link\/file'.* leads out/],
    ['an image from outside', image({ directory: '..' }), /'\.\.'.* leads out/],
    ['a Dockerfile outside', image({ directory: 'asset.1', dockerFile: '../../outside/file' }), /leads out/],
    ['that is not there', { files: { f: fileAsset({ path: 'none' }) } }, /'none'.* is not in the assembly/],
    [
      'that goes to another region',
      { files: { f: fileAsset({ path: 'asset.1' }, { region: 'us-east-1' }) } },
      `web.assets.json: asset f goes to us-east-1, the target's is ${REGION}: synthesise it for the target`,
    ],
    [
      'that goes to a placeholder CloudFormation does not have',
      { files: { f: fileAsset({ path: 'asset.1' }, { region: '${AWS::Evil}' }) } },
      /asset f goes to \$\{AWS::Evil\}/,
    ],
    [
      "that is published with another account's role",
      {
        files: {
          f: fileAsset(
            { path: 'asset.1' },
            { assumeRoleArn: roleArn('file-publishing', undefined, undefined, '444455556666') },
          ),
        },
      },
      /asset f: role .* is not of the target's account/,
    ],
    [
      'that goes to a bucket of another qualifier',
      { files: { f: fileAsset({ path: 'asset.1' }, { bucketName: bucket(undefined, 'theirs') }) } },
      "web.assets.json: asset f has the qualifier 'theirs', the target's is 'hnb659fds': set qualifier: theirs",
    ],
    [
      "that goes to another account's bucket",
      { files: { f: fileAsset({ path: 'asset.1' }, { bucketName: bucket(`444455556666-${REGION}`) }) } },
      `web.assets.json: asset f goes to 444455556666-${REGION}, the target is ${ACCOUNT}-${REGION}: synthesise it for the target`,
    ],
    [
      "an image that goes to another region's repository",
      image({ directory: 'asset.1' }, { repositoryName: `cdk-hnb659fds-container-assets-${ACCOUNT}-us-east-1` }),
      /asset i goes to 111122223333-us-east-1/,
    ],
  ])('%s', (_, assetManifest, message) => {
    const folder = folderOf({}, assetManifest);
    mkdirSync(path.join(folder, '../outside'));
    writeFileSync(path.join(folder, '../outside/file'), '');
    symlinkSync('../outside', path.join(folder, 'link'));
    const found = messageOf(folder);
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
  });

  test.each<[string, Json]>([
    ['a program', { files: { f: fileAsset({ executable: ['id'] }) } }],
    ['a build with secrets', image({ directory: 'asset.1', dockerBuildSecrets: { a: 'src=x' } })],
  ])('unless %s is allowed', (_, assetManifest) => {
    expect(messageOf(folderOf({}, assetManifest), { ...expected, allowExecutables: true })).toBeUndefined();
  });
});

describe('stacks that are not meant', () => {
  const there = { environment: 'aws://444455556666/us-east-1' };
  const folder = (assetsOfOther: Json): string =>
    folderWith({
      'manifest.json': manifest({
        mine: stack('t.json'),
        other: stack(
          't.json',
          { assumeRoleArn: 'arn:aws:iam::444455556666:role/a', stackTemplateAssetObjectUrl: 's3://elsewhere/t' },
          { ...there, dependencies: ['other.assets'] },
        ),
        'other.assets': assets('a.json'),
      }),
      't.json': {},
      'a.json': { version: '54.0.0', files: { f: assetsOfOther } },
    });
  const check = (at: string): void => {
    const assembly = readAssembly(at);
    checkAssembly(
      assembly,
      expected,
      assembly.stacks.filter(({ id }) => id === 'mine'),
    );
  };

  test('may go elsewhere', () => {
    const at = folder(fileAsset({ path: 't.json' }, { region: 'us-east-1', bucketName: bucket('x') }));
    expect(() => {
      check(at);
    }).not.toThrow();
    expect(messageOf(at)).toMatch(/^stack other is for account 444455556666/);
  });

  test.each<[string, Json]>([
    ['run a program', { executable: ['id'] }],
    ['lie outside', { path: '..' }],
  ])('may not %s', (_, source) => {
    expect(() => {
      check(folder(fileAsset(source)));
    }).toThrow(ActionError);
  });
});

test('checkPlace looks at every stack', () => {
  const { stacks } = readAssembly(folderOf({}, {}));
  expect(() => {
    checkPlace(stacks, expected);
  }).not.toThrow();
  expect(() => {
    checkPlace(
      stacks.map((one) => ({ ...one, region: 'us-east-1' })),
      expected,
    );
  }).toThrow(/^stack web is for region us-east-1/);
});
