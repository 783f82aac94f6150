import { z } from 'zod';

/** The parts of a cloud assembly's files that this action reads. What it does not know it leaves alone. */
const role = z.looseObject({ arn: z.string() });

const stackProperties = z.looseObject({
  templateFile: z.string(),
  stackTemplateAssetObjectUrl: z.string().optional(),
  stackName: z.string().optional(),
  terminationProtection: z.boolean().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  parameters: z.record(z.string(), z.string()).optional(),
  assumeRoleArn: z.string().optional(),
  assumeRoleExternalId: z.string().optional(),
  cloudFormationExecutionRoleArn: z.string().optional(),
  lookupRole: role.optional(),
});

const metadataEntry = z.looseObject({
  type: z.string(),
  data: z.unknown().optional(),
  trace: z.array(z.string()).optional(),
});

export const metadataFile = z.record(z.string(), z.array(metadataEntry));

export const artifact = z.looseObject({
  type: z.string(),
  environment: z.string().optional(),
  dependencies: z.array(z.string()).optional(),
  displayName: z.string().optional(),
  metadata: metadataFile.optional(),
  additionalMetadataFile: z.string().optional(),
  properties: z.looseObject({}).optional(),
});

export const manifest = z.looseObject({
  version: z.string(),
  minimumCliVersion: z.string().optional(),
  artifacts: z.record(z.string(), artifact).optional(),
  missing: z.array(z.looseObject({ key: z.string() })).optional(),
});

const destination = z.looseObject({
  region: z.string().optional(),
  assumeRoleArn: z.string().optional(),
  bucketName: z.string().optional(),
  objectKey: z.string().optional(),
  repositoryName: z.string().optional(),
});

export const assetManifest = z.looseObject({
  version: z.string(),
  files: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({ path: z.string().optional(), executable: z.array(z.string()).optional() }),
        destinations: z.record(z.string(), destination),
      }),
    )
    .optional(),
  dockerImages: z
    .record(
      z.string(),
      z.looseObject({
        source: z.looseObject({
          directory: z.string().optional(),
          dockerFile: z.string().optional(),
          dockerBuildSecrets: z.unknown().optional(),
          dockerBuildSsh: z.unknown().optional(),
          dockerBuildContexts: z.unknown().optional(),
          dockerOutputs: z.unknown().optional(),
          executable: z.array(z.string()).optional(),
        }),
        destinations: z.record(z.string(), destination),
      }),
    )
    .optional(),
});

export const stackArtifact = artifact.extend({ properties: stackProperties });
export const fileProperties = z.looseObject({ file: z.string() });
export const nestedAssemblyProperties = z.looseObject({
  directoryName: z.string(),
  displayName: z.string().optional(),
});

export const nestedStackResource = z.looseObject({
  Type: z.literal('AWS::CloudFormation::Stack'),
  Metadata: z.looseObject({ 'aws:asset:path': z.string() }),
});

export type StackArtifact = z.infer<typeof stackArtifact>;
export type AssetManifest = z.infer<typeof assetManifest>;
export type Metadata = z.infer<typeof metadataFile>;
