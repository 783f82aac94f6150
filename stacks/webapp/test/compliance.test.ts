import type * as kit from '@fastish/stack-kit';
import { findingsOf, lintTemplates } from '@fastish/stack-kit/testing';
import { Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { REGION, type Target, TARGETS, webappOf } from './webapp-app.js';

const accepted = vi.hoisted(() => ({ applies: true, ids: [] as string[], reasons: [] as string[] }));

vi.mock('@fastish/stack-kit', async (original) => {
  const real = await original<typeof kit>();
  return {
    ...real,
    acknowledge: (construct: Parameters<typeof kit.acknowledge>[0], findings: Record<string, string>) => {
      accepted.ids.push(...Object.keys(findings));
      accepted.reasons.push(...Object.values(findings));
      if (accepted.applies) real.acknowledge(construct, findings);
    },
  };
});

afterEach(() => Object.assign(accepted, { applies: true, ids: [], reasons: [] }));

function nag(target: Target): string[] {
  const { app } = webappOf(target);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return findingsOf(app);
}

describe.each(TARGETS)('$environment $version', (target) => {
  test('cdk-nag finds nothing that is not accepted', () => {
    expect(nag(target)).toEqual([]);
  });

  test('what is accepted is there, and each has a reason', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    accepted.applies = false;
    const found = nag(target);
    expect(found.map((rule) => rule.replace(/^.*::(?=AwsSolutions-)/, ''))).toEqual(accepted.ids.sort());
    expect(found).not.toEqual([]);
    for (const reason of accepted.reasons) expect(reason.length).toBeGreaterThan(20);
  });
});

test('cfn-lint finds nothing', () => {
  lintTemplates(
    TARGETS.map((target) => webappOf(target).app),
    REGION,
  );
});
