import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRecord } from '../../template/json.js';

/**
 * Copies an assembly in which some stacks keep their termination protection: the CDK sets it before it makes a change
 * set, and making one is to change nothing.
 * @param protection by artifact id
 */
export function copyWithProtection(folder: string, copy: string, protection: ReadonlyMap<string, boolean>): void {
  cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
  // A stage has a manifest of its own.
  const manifests = readdirSync(copy, { recursive: true, encoding: 'utf8' }).filter(
    (name) => path.basename(name) === 'manifest.json',
  );
  for (const name of manifests) {
    const file = path.join(copy, name);
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (!isRecord(manifest) || !isRecord(manifest['artifacts'])) continue;
    const artifacts = Object.entries(manifest['artifacts']).map(([id, artifact]) => {
      const value = protection.get(id);
      if (value === undefined || !isRecord(artifact) || artifact['type'] !== 'aws:cloudformation:stack') {
        return [id, artifact];
      }
      const properties = isRecord(artifact['properties']) ? artifact['properties'] : {};
      return [id, { ...artifact, properties: { ...properties, terminationProtection: value } }];
    });
    writeFileSync(file, JSON.stringify({ ...manifest, artifacts: Object.fromEntries(artifacts) as unknown }));
  }
}
