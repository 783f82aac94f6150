import { holds } from '../../src/plan/conditions.js';
import { isPolicyDocument } from '../../src/plan/access/policy.js';
import { at, isObject, textually } from '../../src/plan/json.js';
import { UNORDERED } from '../../src/plan/noise.js';
import { specOf } from '../../src/plan/spec.js';
import type { Template } from '../../src/plan/template.js';
import { ACCOUNT, REGION } from './golden/case.js';

const PLACE = { account: ACCOUNT, region: REGION };

export type Path = readonly (string | number)[];

/** A template in which one thing is another. */
export interface Flip {
  readonly what: string;
  readonly path: Path;
  /** Made anew each time. */
  readonly template: () => Template;
}

/** Every template that differs from this one in a single value: another one, none, or two entries of a list swapped. */
export function flipsOf(template: Template): readonly Flip[] {
  return placesIn(template, []).flatMap((path) => {
    const value = at(template, path);
    const changed = (
      what: string,
      put: (parent: Record<string | number, unknown>, key: string | number) => void,
    ): Flip => {
      const flipped = (): Template => {
        // Not `structuredClone`: what two places share would be changed in both.
        const copy = JSON.parse(JSON.stringify(template)) as Template;
        put(at(copy, path.slice(0, -1)) as Record<string | number, unknown>, path.at(-1) ?? '');
        return copy;
      };
      return { what, path, template: flipped };
    };
    if (Array.isArray(value)) {
      const [first, ...rest] = value as unknown[];
      const other = rest.findIndex((item) => JSON.stringify(item) !== JSON.stringify(first)) + 1;
      if (other === 0) return [];
      return [
        changed('swapped', (parent, key) => {
          const list = parent[key] as unknown[];
          [list[0], list[other]] = [list[other], list[0]];
        }),
      ];
    }
    return [
      changed('another value', (parent, key) => {
        parent[key] = another(value);
      }),
      ...(typeof path.at(-1) === 'string'
        ? [
            changed('taken away', (parent, key) => {
              Reflect.deleteProperty(parent, key);
            }),
          ]
        : []),
    ];
  });
}

/** Lists and scalars; `{}` and `[]` as well, for they can be taken away. */
function placesIn(value: unknown, path: Path): readonly Path[] {
  const own = path.length > 0 ? [path] : [];
  if (Array.isArray(value)) return [...own, ...value.flatMap((item, index) => placesIn(item, [...path, index]))];
  if (!isObject(value)) return own;
  return Object.keys(value).flatMap((key) => placesIn(value[key], [...path, key]));
}

/** Another value of the same kind, that CloudFormation does not take for the same. */
function another(value: unknown): unknown {
  if (typeof value === 'string') return `${value}~`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return 'something';
}

/**
 * Why a flip leaves the fingerprint as it is, by design; undefined when it has to change it. This list is the whole of
 * what a plan does not look at.
 */
export function byDesign(template: Template, flip: Flip): string | undefined {
  const { what, path } = flip;
  const [section, id = '', part] = path;
  const declared = at(template, [section ?? '', id]);
  const then = at(flip.template(), [section ?? '', id]);
  const own = section === 'Resources' ? ofResource(template, path, then) : ofCdk(String(section), String(id), then);
  if (own !== undefined) return own;
  const value = textually(at(declared, ['NoEcho']));
  if (section === 'Parameters' && part === 'Default' && value === 'true') return 'a value with NoEcho';

  const name = String(path.at(-1));
  const inCall = path.some((key) => /^(?:Fn::|Ref$)/.test(String(key)));
  const type = textually(at(declared, ['Type']));
  const replaces = part === 'Properties' && specOf(type)?.replacing.has(String(path[3])) === true;
  if (what === 'swapped' && !inCall && !replaces && UNORDERED.has(name)) return 'a list without order';
  const above = path.map((_, index) => at(template, path.slice(0, index)));
  const document = above.findIndex(isPolicyDocument);
  if (document < 0 || replaces) return undefined;
  if (what === 'swapped' && !inCall) return 'a list of a policy';
  if (path.length === document + 1 && name === 'Id') return 'the name of a policy document';
  const isStatement = ['Allow', 'Deny'].includes(textually(at(above.at(-1), ['Effect'])));
  return name === 'Sid' && isStatement ? 'the name of a statement' : undefined;
}

function ofResource(template: Template, path: Path, then: unknown): string | undefined {
  const [, id = '', part, key] = path;
  const declared = at(template, ['Resources', id]);
  const condition = at(declared, ['Condition']);
  const isResource = typeof at(then, ['Type']) === 'string';
  if (
    typeof condition === 'string' &&
    isResource &&
    part !== 'Condition' &&
    holds(template, condition, {}, PLACE) === false
  ) {
    return 'a resource that is not there';
  }
  if (at(declared, ['Type']) === 'AWS::CDK::Metadata' && part !== 'Type') return "the CDK's own resource";
  return part === 'Metadata' && /^aws:(?:cdk|asset):/.test(String(key)) ? "the CDK's own notes" : undefined;
}

function ofCdk(section: string, id: string, declared: unknown): string | undefined {
  const isVersion = textually(at(declared, ['Default'])).startsWith('/cdk-bootstrap/');
  if (section === 'Conditions' && id === 'CDKMetadataAvailable') return "the CDK's own condition";
  if (section === 'Rules' && id === 'CheckBootstrapVersion') return "the CDK's own rule";
  return section === 'Parameters' && id === 'BootstrapVersion' && isVersion ? "the CDK's own parameter" : undefined;
}
