import { fillRole } from '../../aws/roles.js';
import type { BootstrapFacts } from '../../doctor/facts.js';
import { known, unknown, type Fact } from '../../doctor/model.js';
import { messageOf } from '../../errors.js';
import type { DoctorInputs } from '../../inputs.js';
import type { Aws } from '../../ports.js';
import type { WayIn } from './places.js';

export interface BootstrapPlace {
  readonly account: string;
  readonly region: string;
}

/** Roles that a run takes, by what it is for. A plan reads only. */
const KINDS = { plan: ['lookup'], deploy: ['deploy', 'file-publishing', 'image-publishing', 'lookup'] } as const;

/** The bootstrap of an account and region, as far as these credentials see it. */
export async function bootstrapFacts(
  { qualifier, toolkitStackName }: Pick<DoctorInputs, 'qualifier' | 'toolkitStackName'>,
  place: BootstrapPlace,
  ways: readonly WayIn[],
  aws: Aws,
): Promise<Fact<BootstrapFacts>> {
  const { account, region } = place;
  const session = ways[0]?.session;
  const reader = await aws.account(region, session);
  const failures: string[] = [];
  const tried = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      failures.push(messageOf(error));
      return undefined;
    }
  };
  // The CLI asks for the parameter, so it counts; the stack is there only where the CDK itself has bootstrapped.
  const parameter = await tried(() => reader.parameter(`/cdk-bootstrap/${qualifier}/version`));
  const stack = await tried(() => aws.cloudFormation(region, session).describeStack(toolkitStackName));
  const version = Number(parameter ?? stack?.outputs['BootstrapVersion'] ?? Number.NaN);
  if (Number.isNaN(version) && failures.length > 0) {
    return unknown(`the bootstrap cannot be read: ${failures[0] ?? ''}`);
  }
  const named = parameter === undefined ? stack?.parameters['Qualifier'] : undefined;
  const role = (kind: string): string =>
    fillRole(
      `arn:\${AWS::Partition}:iam::${account}:role/cdk-${qualifier}-${kind}-role-${account}-${region}`,
      account,
      region,
    );
  return known({
    ...place,
    ...(Number.isNaN(version) ? {} : { version }),
    ...(named ? { qualifier: named } : {}),
    roles: Number.isNaN(version) ? [] : await takeRoles(ways, role, region, aws),
    execution: await executionRole(role('cfn-exec'), reader),
  });
}

async function takeRoles(
  ways: readonly WayIn[],
  role: (kind: string) => string,
  region: string,
  aws: Aws,
): Promise<BootstrapFacts['roles']> {
  const asked = ways.flatMap((way) =>
    (way.session === undefined ? KINDS.deploy : KINDS[way.purpose]).map((kind) => ({ kind, way })),
  );
  return Promise.all(
    asked.map(async ({ kind, way }) => {
      const arn = role(kind);
      try {
        const request = { roleArn: arn, sessionName: 'deploy-action-doctor', durationSeconds: 900 };
        await aws.sts(region).assumeRole(request, await way.session?.());
        return { arn, kind };
      } catch (error) {
        return { arn, kind, refused: messageOf(error) };
      }
    }),
  );
}

async function executionRole(
  arn: string,
  reader: Awaited<ReturnType<Aws['account']>>,
): Promise<BootstrapFacts['execution']> {
  try {
    const role = await reader.role(arn.slice(arn.lastIndexOf('/') + 1));
    return known({ arn, there: role !== undefined });
  } catch (error) {
    return unknown(`role ${arn} may not be read: ${messageOf(error)}`);
  }
}
