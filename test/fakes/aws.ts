import type { Aws, ChangeSets, CloudFormation, Session, Sts } from '../../src/ports.js';
import { FakeChangeSets } from './change-sets.js';
import { FakeCloudFormation } from './cloud-formation.js';
import { FakeSts } from './sts.js';

/** AWS in memory: one STS, and the CloudFormation of each region with its change sets. */
export class FakeAws implements Aws {
  readonly fakeChangeSets = new FakeChangeSets();
  readonly regions = new Map<string, FakeCloudFormation>();
  /** Which credentials each region was last opened with; undefined for those of the environment. */
  readonly opened = new Map<string, (() => Promise<Session>) | undefined>();

  constructor(readonly fakeSts = new FakeSts()) {}

  sts(): Sts {
    return this.fakeSts;
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
