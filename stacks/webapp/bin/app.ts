import { runApp } from '@fastish/stack-kit';
import { App } from 'aws-cdk-lib/core';
import { createStacks } from '../lib/create-stacks.js';

runApp(() => {
  createStacks(new App());
});
