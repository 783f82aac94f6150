import { type CfnResource, type CfnTemplate, templatesOf } from '@fastish/stack-kit/testing';
import { type Target, webappOf } from './webapp-app.js';

/** The resources of a target's stacks, nested ones too. */
export class Resources {
  private readonly templates: Record<string, CfnTemplate>;

  constructor(target: Target, more: Readonly<Record<string, unknown>> = {}) {
    this.templates = templatesOf(webappOf(target, more).app);
  }

  /** Those of one type, in the order of their ids. */
  of(type: string): CfnResource[] {
    return this.all()
      .filter(([, resource]) => resource.Type === type)
      .map(([, resource]) => resource);
  }

  /** The properties of each resource of a type. */
  properties(type: string): Readonly<Record<string, unknown>>[] {
    return this.of(type).map(({ Properties = {} }) => Properties);
  }

  /** The properties of the only resource of a type. */
  only(type: string): Readonly<Record<string, unknown>> {
    const [found, ...others] = this.properties(type);
    if (found === undefined || others.length > 0) throw new Error(`${others.length + (found ? 1 : 0)} of ${type}`);
    return found;
  }

  /** Every resource with `<file>/<logical id>`. */
  all(): [string, CfnResource][] {
    const all = Object.entries(this.templates).flatMap(([file, { Resources }]) =>
      Object.entries(Resources).map(([id, resource]): [string, CfnResource] => [`${file}/${id}`, resource]),
    );
    return all.sort(([a], [b]) => a.localeCompare(b, 'en'));
  }

  /** Every statement of every policy that a role of the stacks has, with actions and resources as lists. */
  statements(): { sid: string | undefined; actions: string[]; resources: unknown[] }[] {
    const attached = this.properties('AWS::IAM::Policy') as unknown as Policy[];
    const inline = (this.properties('AWS::IAM::Role') as { Policies?: Policy[] }[]).flatMap(
      (role) => role.Policies ?? [],
    );
    return [...attached, ...inline].flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.map(({ Sid, Action, Resource }) => ({
        sid: Sid,
        actions: [Action].flat(),
        resources: [Resource].flat(),
      })),
    );
  }
}

interface Policy {
  readonly PolicyDocument: {
    readonly Statement: readonly {
      readonly Sid?: string;
      readonly Action: string | string[];
      readonly Resource: unknown;
    }[];
  };
}
