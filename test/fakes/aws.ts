import type { AccountReader, Aws, ChangeSets, CloudFormation, RoleSettings, Session, Sts } from '../../src/ports.js';
import { FakeChangeSets } from './change-sets.js';
import { FakeCloudFormation } from './cloud-formation.js';
import { FakeSts } from './sts.js';

/** AWS in memory: one STS, and the CloudFormation of each region with its change sets. */
export class FakeAws implements Aws {
  readonly fakeChangeSets = new FakeChangeSets();
  readonly regions = new Map<string, FakeCloudFormation>();
  /** Which credentials each region was last opened with; undefined for those of the environment. */
  readonly opened = new Map<string, (() => Promise<Session>) | undefined>();

  /** Roles by name, and parameters; an error is thrown. */
  readonly roles = new Map<string, RoleSettings | Error>();
  readonly parameters = new Map<string, string | Error>();

  constructor(readonly fakeSts = new FakeSts()) {}

  sts(): Sts {
    return this.fakeSts;
  }

  account(): Promise<AccountReader> {
    const read = <T>(from: ReadonlyMap<string, T | Error>, name: string): Promise<T | undefined> => {
      const value = from.get(name);
      return value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
    };
    return Promise.resolve({
      role: (name) => read(this.roles, name),
      parameter: (name) => read(this.parameters, name),
    });
  }

  cloudFormation(region: string, credentials?: () => Promise<Session>): CloudFormation {
    this.opened.set(region, credentials);
    return this.in(region);
  }

  changeSets(): ChangeSets {
    return this.fakeChangeSets;
  }

  /** The stacks of a region. */
  in(region: string): FakeCloudFormation {
    const known = this.regions.get(region) ?? new FakeCloudFormation();
    this.regions.set(region, known);
    return known;
  }

  /** Everything that was asked of AWS; empty when nothing was. */
  get calls(): readonly string[] {
    const hops = this.fakeSts.hops.map(({ roleArn }) => `assume ${roleArn}`);
    const reads = [...this.regions.values()].flatMap((region) => region.reads);
    return [...hops, ...reads, ...this.fakeChangeSets.calls];
  }
}
