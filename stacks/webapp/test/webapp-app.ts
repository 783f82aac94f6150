import { fileURLToPath } from 'node:url';
import { testApp } from '@fastish/stack-kit/testing';
import type { App } from 'aws-cdk-lib/core';
import { createStacks } from '../lib/create-stacks.js';
import type { WebappStack } from '../lib/stacks/webapp-stack.js';

export const FOLDER = fileURLToPath(new URL('..', import.meta.url));
export const REGION = 'us-west-2';

/** Every environment and version that there are templates for. */
export const TARGETS = [
  { environment: 'prototype', version: 'v1' },
  { environment: 'prototype', version: 'v2' },
  { environment: 'production', version: 'v1' },
  { environment: 'production', version: 'v2' },
] as const;

export type Target = (typeof TARGETS)[number];

/** The context of a target, as the action's template renders it; an undefined value takes its key away. */
export function contextOf({ environment, version }: Target, more: Readonly<Record<string, unknown>> = {}) {
  const context: Record<string, unknown> = {
    'deployment:organization': 'acme-corp',
    'deployment:account': '111122223333',
    'deployment:region': REGION,
    'deployment:environment': environment,
    'deployment:version': version,
    'deployment:domain': 'example.com',
    ...more,
  };
  return Object.fromEntries(Object.entries(context).filter(([, value]) => value !== undefined));
}

/** The app of a target, wired as `bin/app.ts` wires it. */
export function webappOf(
  target: Target,
  more: Readonly<Record<string, unknown>> = {},
): { app: App; stack: WebappStack } {
  const app = testApp(FOLDER, contextOf(target, more));
  return { app, stack: createStacks(app) };
}
