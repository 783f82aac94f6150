import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const PLACE = `${ACCOUNT}-${REGION}`;

export type Json = Record<string, unknown>;

/** A folder with these files, gone after the test. Anything but a string is written as JSON. */
export function folderWith(files: Readonly<Record<string, unknown>>): string {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'assembly-')));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  const folder = path.join(root, 'cdk.out');
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

export const manifest = (artifacts: Json, more: Json = {}): Json => ({ version: '54.0.0', artifacts, ...more });

/** A stack's artifact, as the CDK's default synthesizer writes it. */
export function stack(templateFile: string, properties: Json = {}, more: Json = {}): Json {
  return {
    type: 'aws:cloudformation:stack',
    environment: `aws://${ACCOUNT}/${REGION}`,
    properties: { templateFile, ...properties },
    ...more,
  };
}

export const assets = (file: string): Json => ({ type: 'cdk:asset-manifest', properties: { file } });
export const stage = (directoryName: string): Json => ({ type: 'cdk:cloud-assembly', properties: { directoryName } });

export const roleArn = (kind: string, place = PLACE, qualifier = 'hnb659fds', account = ACCOUNT): string =>
  `arn:\${AWS::Partition}:iam::${account}:role/cdk-${qualifier}-${kind}-role-${place}`;

export const bucket = (place = PLACE, qualifier = 'hnb659fds'): string => `cdk-${qualifier}-assets-${place}`;

/** One file that is published to the target's bucket. */
export function fileAsset(source: Json, destination: Json = {}): Json {
  return {
    source,
    destinations: {
      here: {
        region: REGION,
        bucketName: bucket(),
        objectKey: 'a.json',
        assumeRoleArn: roleArn('file-publishing'),
        ...destination,
      },
    },
  };
}

export const nestedIn = (file: string, path_?: string): Json => ({
  Type: 'AWS::CloudFormation::Stack',
  Metadata: { 'aws:asset:path': file, ...(path_ === undefined ? {} : { 'aws:cdk:path': path_ }) },
});
