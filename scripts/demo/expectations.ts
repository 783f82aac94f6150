import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { World } from '../../test/emulators/world.js';

/** Ends the demonstration when something is not as it has to be. */
export function expectThat(holds: boolean, what: string): void {
  if (!holds) throw new Error(`it is not so: ${what}`);
  console.log(`  ✓ ${what}`);
}

/** Asks the engine itself, not the action. */
export async function expectStack(
  world: World,
  account: string,
  region: string,
  name: string,
  status: string,
): Promise<void> {
  const client = new CloudFormationClient({
    region,
    endpoint: world.aws.endpoint,
    credentials: { accessKeyId: account, secretAccessKey: 'none' },
  });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: name }));
  const found = Stacks?.[0]?.StackStatus ?? 'not there';
  expectThat(found === status, `${name} is ${found}`);
}
