import { MOST_WAVES } from '../../src/environment/targets.js';

/** This action, as its own workflows call it. */
const SELF = /\bfast-ish\/deploy-action@v\d+\.\d+\.\d+\b/g;

/**
 * A public workflow with the action of its own release. The tag of a release is immutable, so that a workflow and the
 * action that it calls cannot come apart, on any runner and on GitHub Enterprise Server.
 * @param version of this package: `1.2.3`
 */
export function withOwnRelease(workflow: string, version: string): string {
  return workflow.replaceAll(SELF, `fast-ish/deploy-action@v${version}`);
}

/**
 * `release.yml` with its waves: a workflow cannot make jobs while it runs, so each pair is written out.
 * @throws Error when it has lost its markers
 */
export function releaseWorkflow(present: string): string {
  const [start, end] = ['  # waves:start\n', '  # waves:end\n'];
  const [from, to] = [present.indexOf(start), present.indexOf(end)];
  if (from < 0 || to < from) throw new Error('release.yml has no "# waves:start" and "# waves:end": put them back');
  const numbers = Array.from({ length: MOST_WAVES }, (_, index) => index + 1);
  const last = numbers.map((number) => `deploy-${number}`).join(', ');
  return (
    present.slice(0, from + start.length) +
    numbers.map(wave).join('\n') +
    present.slice(to).replace(/needs: \[resolve, bootstrap, build, .*\]/, `needs: [resolve, bootstrap, build, ${last}]`)
  );
}

function wave(number: number): string {
  const targets = `fromJSON(needs.resolve.outputs.waves)[${number - 1}]`;
  const before =
    number === 1
      ? "needs.build.result == 'success'\n" +
        "      && (needs.bootstrap.result == 'success' || needs.bootstrap.result == 'skipped')"
      : `needs.deploy-${number - 1}.result == 'success'`;
  return `  plan-${number}:
    needs: [resolve, ${number === 1 ? 'bootstrap, build' : `deploy-${number - 1}`}]
    if: >-
      !cancelled() && needs.resolve.result == 'success' && ${before}
      && ${targets}
    permissions:
      contents: read # to read the config
      id-token: write # to take the role that reads
    uses: ./.github/workflows/diff.yml
    with:
      targets: \${{ toJSON(${targets}) }}
      ref: \${{ inputs.ref }}
      config: \${{ inputs.config }}
      fail-on: \${{ inputs.fail-on }}
      allow-asset-executables: \${{ inputs.allow-asset-executables }}
      cdk-version: \${{ inputs.cdk-version }}
      qualifier: \${{ inputs.qualifier }}
      comment: \${{ 'false' }}
      runs-on: \${{ inputs.runs-on }}

  deploy-${number}:
    needs: [resolve, plan-${number}]
    if: >- # a target without a plan fails by itself, and stops no other of its wave
      !cancelled() && (needs.plan-${number}.result == 'success' || needs.plan-${number}.result == 'failure')
    permissions:
      contents: read # to read the config
      id-token: write # to take the role that deploys
    uses: ./.github/workflows/deploy.yml
    with:
      targets: \${{ toJSON(${targets}) }}
      ref: \${{ inputs.ref }}
      config: \${{ inputs.config }}
      allow-asset-executables: \${{ inputs.allow-asset-executables }}
      stack-concurrency: \${{ inputs.stack-concurrency }}
      cdk-version: \${{ inputs.cdk-version }}
      qualifier: \${{ inputs.qualifier }}
      report: false
      runs-on: \${{ inputs.runs-on }}
`;
}
