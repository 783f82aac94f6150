import { z } from 'zod';
import { configFile } from '../../src/environment/schema/config.js';

/** The JSON Schema of `.github/deploy.yml`, for editors: `docs/schema/deploy.v1.json`. */
export function configSchema(): unknown {
  // Draft 7 is what YAML editors understand in full.
  const { $schema, ...schema } = z.toJSONSchema(configFile, { target: 'draft-7', io: 'input' });
  return {
    $schema,
    $id: 'https://raw.githubusercontent.com/fast-ish/deploy-action/v1/docs/schema/deploy.v1.json',
    title: 'deploy-action config',
    description: 'Where and what fast-ish/deploy-action deploys: .github/deploy.yml.',
    ...schema,
  };
}
