import type { PlanParts } from '../../src/plan/assemble.js';
import { ACCOUNT, REGION } from './golden/case.js';

/** Everything of a plan but its stacks. */
export const PARTS: Omit<PlanParts, 'stacks'> = {
  target: {
    id: 'production-app-eu-west-1',
    release: 'app',
    environment: 'production',
    region: REGION,
    version: 'v1',
    account: ACCOUNT,
  },
  source: {
    repository: 'acme/shop',
    commit: '0123456789012345678901234567890123456789',
    ref: 'refs/heads/main',
    runUrl: 'https://github.com/acme/shop/actions/runs/1',
    releaseVersion: '',
  },
  assemblyDigest: `sha256:${'0'.repeat(64)}`,
  createdAt: '2026-11-21T09:00:00.000Z',
};
