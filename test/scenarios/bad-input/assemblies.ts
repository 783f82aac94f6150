import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { create } from 'tar';
import { pack } from '../../../src/cdk/assembly/archive.js';
import type { Case } from './case.js';
import { CONFIG, replace } from './checkout.js';

const OTHER = '444455556666';

/** Changes files of the assembly, then packs it honestly. */
function tampered(...edits: readonly ((assembly: string) => void)[]): NonNullable<Case['change']> {
  return async (checkout, assembly) => {
    for (const edit of edits) edit(assembly);
    await pack(assembly, path.join(checkout, 'given.tar'));
  };
}

/** Changes texts of one file of the assembly. */
function edit(file: string, from: RegExp, to: string): (assembly: string) => void {
  return (assembly) => {
    const at = path.join(assembly, file);
    const text = readFileSync(at, 'utf8');
    if (!from.test(text)) throw new Error(`${file} holds no ${String(from)}`);
    writeFileSync(at, text.replace(from, to));
  };
}

/** A tar with an entry that no honest one has. */
function forged(name: string): NonNullable<Case['change']> {
  return async (checkout, assembly) => {
    mkdirSync(path.join(assembly, '../beside'), { recursive: true });
    writeFileSync(path.join(assembly, '../beside/evil.txt'), 'evil');
    const file = path.join(checkout, 'given.tar');
    await create({ file, cwd: assembly, preservePaths: true }, ['manifest.json', name.replace('{assembly}', assembly)]);
  };
}

const MANIFEST = 'manifest.json';
const ASSETS = 'Queue.assets.json';
const TEMPLATE_PATH = /"path": "Queue\.template\.json"/;

/** Assemblies that were made elsewhere. */
export const ASSEMBLIES: readonly Case[] = [
  { name: 'that is missing', message: "input: assembly 'given.tar' is not there: download it first" },
  {
    name: 'that is no tar',
    change: (checkout) => {
      writeFileSync(path.join(checkout, 'given.tar'), 'PK, or so it says\n'.repeat(64));
    },
    message:
      'assembly: given.tar is not a tar of an assembly (TAR_ENTRY_INVALID: checksum failure): give what synth or diff has left',
  },
  {
    name: 'that is a folder without a manifest',
    change: (checkout) => {
      mkdirSync(path.join(checkout, 'given.tar'));
    },
    message: "assembly: assembly 'given.tar' holds no manifest.json: give what synth or diff has left",
  },
  {
    name: 'of another digest',
    change: tampered(),
    inputs: { 'assembly-digest': `sha256:${'0a'.repeat(32)}` },
    message:
      "assembly: assembly 'given.tar' has the digest sha256:<digest>, assembly-digest says sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a: give the assembly and the digest of one and the same synthesis",
  },
  {
    name: 'whose manifest is not JSON',
    change: tampered(edit(MANIFEST, /^\{/, '{,')),
    message:
      "assembly: manifest.json is not JSON (Expected property name or '}' in JSON at position 1 (line 1 column 2)): synthesise it anew",
  },
  {
    name: 'whose template lies outside, by ..',
    change: tampered(edit(MANIFEST, /"templateFile": ".*?"/, '"templateFile": "../../../etc/hostname"')),
    message: "assembly: '../../../etc/hostname', named in stack Queue, leads out of the assembly: synthesise it anew",
  },
  {
    name: 'whose template lies outside, by its absolute path',
    change: tampered(edit(MANIFEST, /"templateFile": ".*?"/, '"templateFile": "/etc/hostname"')),
    message: "assembly: '/etc/hostname', named in stack Queue, leads out of the assembly: synthesise it anew",
  },
  {
    name: 'whose asset lies outside, by ..',
    change: tampered(edit(ASSETS, TEMPLATE_PATH, '"path": "../../../../../../etc/passwd"')),
    message:
      "assembly: '../../../../../../etc/passwd', named in Queue.assets.json, leads out of the assembly: synthesise it anew",
  },
  {
    name: 'whose asset lies outside, by its absolute path',
    change: tampered(edit(ASSETS, TEMPLATE_PATH, '"path": "/etc/passwd"')),
    message: "assembly: '/etc/passwd', named in Queue.assets.json, leads out of the assembly: synthesise it anew",
  },
  {
    name: 'whose asset lies outside, by a link',
    change: tampered((assembly) => {
      rmSync(path.join(assembly, 'Queue.template.json'));
      symlinkSync('/etc/passwd', path.join(assembly, 'Queue.template.json'));
    }),
    message: "assembly: given.tar: './Queue.template.json' leads out of the assembly: synthesise it anew",
  },
  {
    name: 'with an entry that leads out, by ..',
    change: forged('../beside/evil.txt'),
    message: "assembly: given.tar: '../beside/evil.txt' leads out of the assembly: synthesise it anew",
  },
  {
    name: 'with an entry that leads out, by its absolute path',
    change: forged('{assembly}/../beside/evil.txt'),
    message: "assembly: given.tar: '<place>/assembly/../beside/evil.txt' leads out of the assembly: synthesise it anew",
  },
  {
    name: 'given as a folder, with a link that leads out',
    change: (checkout, assembly) => {
      cpSync(assembly, path.join(checkout, 'given.tar'), { recursive: true });
      symlinkSync('../../..', path.join(checkout, 'given.tar/up'));
    },
    message: "assembly: given.tar: './up' leads out of the assembly: synthesise it anew",
  },
  {
    name: 'whose asset is made by a program',
    change: tampered(edit(ASSETS, TEMPLATE_PATH, '"executable": ["sh", "-c", "id"]')),
    message:
      "assembly: Queue.assets.json: asset <digest> would run 'sh -c id': synthesise it ready-made, or set allow-asset-executables: true if you trust whoever made the assembly",
  },
  {
    name: 'for another account',
    change: tampered(edit(MANIFEST, /aws:\/\/111122223333\//, `aws://${OTHER}/`)),
    message:
      "assembly: stack Queue is for account 444455556666, the target's is 111122223333: synthesise it for the target, or leave the stack out of 'stacks'",
  },
  {
    name: 'for another region',
    change: tampered(edit(MANIFEST, /eu-central-1"/, 'us-east-1"')),
    message:
      "assembly: stack Queue is for region us-east-1, the target's is eu-central-1: synthesise it for the target, or leave the stack out of 'stacks'",
  },
  {
    name: 'with another qualifier',
    change: tampered(),
    inputs: { qualifier: 'acme' },
    message: "assembly: stack Queue has the qualifier 'hnb659fds', the target's is 'acme': set qualifier: hnb659fds",
  },
  {
    name: 'with a role of another account',
    change: tampered(
      edit(MANIFEST, /iam::\d{12}:role\/cdk-hnb659fds-deploy/, `iam::${OTHER}:role/cdk-hnb659fds-deploy`),
    ),
    message:
      "assembly: stack Queue: role arn:${AWS::Partition}:iam::444455556666:role/cdk-hnb659fds-deploy-role-111122223333-eu-central-1 is not of the target's account 111122223333: synthesise it for the target",
  },
  {
    name: 'of a schema that is too new',
    change: tampered(
      edit(MANIFEST, /"version": "[\d.]+"/, '"version": "56.0.0"'),
      edit(MANIFEST, /"minimumCliVersion": "[\d.]+"/, '"minimumCliVersion": "2.1149.0"'),
    ),
    message:
      'cdk: the assembly has schema 56.0.0, the CLI 2.1148.1 reads up to 55: set cdk-version to 2.1149.0 or newer',
  },
  {
    name: 'without a stack that is asked for',
    change: tampered(),
    inputs: { stacks: 'Topic' },
    message: "resolution: stacks 'Topic' selects nothing: the app has Queue",
  },
  {
    name: 'for another account than that of the credentials, which alone know it',
    change: async (checkout, assembly) => {
      replace(CONFIG, "    account: '111122223333'\n", '')(checkout);
      await tampered()(checkout, assembly);
    },
    keys: { account: OTHER },
    calls: ['sts:GetCallerIdentity'],
    message:
      "assembly: stack Queue is for account 111122223333, the target's is 444455556666: synthesise it for the target, or leave the stack out of 'stacks'",
  },
];
