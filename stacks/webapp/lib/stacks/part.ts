import type { Lifecycle, Names } from '@fastish/stack-kit';
import type { NestedStackProps } from 'aws-cdk-lib/core';

/** What every nested stack is given: the deployment's names and lifetimes, and its own part of the configuration. */
export interface PartProps<Config> extends NestedStackProps {
  readonly names: Names;
  readonly lifecycle: Lifecycle;
  readonly config: Config;
}
