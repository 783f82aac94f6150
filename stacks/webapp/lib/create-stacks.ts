import { fileURLToPath } from 'node:url';
import { hierarchyTags, loadConfig, Names, readContext } from '@fastish/stack-kit';
import type { App } from 'aws-cdk-lib/core';
import { webappConfig, webappContext } from './params.js';
import { WebappStack } from './stacks/webapp-stack.js';

const RESOURCES = fileURLToPath(new URL('../resources', import.meta.url));

/** The whole wiring, from the context to the stacks; `bin` and the tests share it. */
export function createStacks(app: App): WebappStack {
  const context = readContext(app.node, webappContext);
  const config = loadConfig(
    {
      resources: RESOURCES,
      environment: context['deployment:environment'],
      version: context['deployment:version'],
      view: context,
    },
    webappConfig,
  );
  const names = Names.of(context);
  return new WebappStack(app, names.of('webapp'), {
    env: { account: context['deployment:account'], region: context['deployment:region'] },
    description: `web application of ${names.prefix}`,
    tags: hierarchyTags(context),
    terminationProtection: config.lifecycle.protect,
    names,
    config,
  });
}
