import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';

/** A workflow, as far as it is about this action. */
export interface WorkflowFile {
  readonly file: string;
  /** Events that start it, with the branches of a push or a pull request where it names some. */
  readonly on: readonly {
    readonly event: string;
    readonly branches?: readonly string[];
    readonly tags?: readonly string[];
  }[];
  /** Jobs that use the action, or a workflow of its repository. */
  readonly jobs: readonly WorkflowJob[];
}

export interface WorkflowJob {
  readonly id: string;
  readonly line: number;
  /** What its token may do; undefined when neither the job nor the workflow says: then the repository's settings do. */
  readonly permissions?: Permissions;
  /** Every `uses` of it. */
  readonly uses: readonly { readonly ref: string; readonly line: number }[];
  /** Steps of this action. */
  readonly steps: readonly {
    readonly command: string;
    readonly inputs: Readonly<Record<string, string>>;
    readonly line: number;
  }[];
  /** It calls a workflow of the action's repository. */
  readonly calls: boolean;
  readonly environment: boolean;
}

/** By scope; `all` for `read-all` and `write-all`. */
export type Permissions = Readonly<Record<string, string>>;

/**
 * Reads a workflow. What is not as GitHub wants it is left out: GitHub says that by itself.
 * @param action `owner/name` of this action
 * @returns undefined when it is no workflow, or has nothing to do with the action
 */
export function readWorkflow(file: string, text: string, action: string): WorkflowFile | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  if (document.errors.length > 0) return undefined;
  const lineOf = (node: unknown): number => lines.linePos((node as Node | null)?.range?.[0] ?? 0).line || 1;
  const root = document.contents;
  const above = permissionsOf(at(root, 'permissions'));
  const jobs = pairs(at(root, 'jobs')).flatMap(([id, node, key]): WorkflowJob[] => {
    const called = scalar(at(node, 'uses'));
    const steps = items(at(node, 'steps'));
    const uses = [...(called === undefined ? [] : [node]), ...steps].flatMap((step) => {
      const ref = scalar(at(step, 'uses'));
      return ref === undefined ? [] : [{ ref, line: lineOf(at(step, 'uses')), step }];
    });
    const ours = uses.filter(({ ref }) => ref.toLowerCase().startsWith(`${action.toLowerCase()}@`));
    const calls = called?.toLowerCase().startsWith(`${action.toLowerCase()}/`) ?? false;
    if (ours.length === 0 && !calls) return [];
    const permissions = permissionsOf(at(node, 'permissions')) ?? above;
    return [
      {
        id,
        line: lineOf(key),
        ...(permissions === undefined ? {} : { permissions }),
        uses: uses.map(({ ref, line }) => ({ ref, line })),
        steps: ours.map(({ step, line }) => {
          const inputs = Object.fromEntries(
            pairs(at(step, 'with')).map(([name, value]) => [name, scalar(value) ?? '']),
          );
          return { command: inputs['command'] ?? '', inputs, line };
        }),
        calls,
        environment: at(node, 'environment') !== undefined,
      },
    ];
  });
  return jobs.length === 0 ? undefined : { file, on: eventsOf(at(root, 'on')), jobs };
}

function eventsOf(on: unknown): WorkflowFile['on'] {
  const one = scalar(on);
  if (one !== undefined) return [{ event: one }];
  if (isSeq(on)) return items(on).map((item) => ({ event: scalar(item) ?? '' }));
  return pairs(on).map(([event, filters]) => {
    const branches = at(filters, 'branches');
    const tags = at(filters, 'tags');
    return {
      event,
      ...(branches === undefined ? {} : { branches: texts(branches) }),
      ...(tags === undefined ? {} : { tags: texts(tags) }),
    };
  });
}

function permissionsOf(node: unknown): Permissions | undefined {
  if (node === undefined) return undefined;
  const all = scalar(node);
  if (all !== undefined) return { all: all.replace('-all', '') };
  return Object.fromEntries(pairs(node).map(([scope, value]) => [scope, scalar(value) ?? 'none']));
}

function at(node: unknown, key: string): unknown {
  return isMap(node) ? (node.get(key, true) ?? undefined) : undefined;
}

function pairs(node: unknown): readonly (readonly [string, unknown, unknown])[] {
  if (!isMap(node)) return [];
  return node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', value, key] as const);
}

function items(node: unknown): readonly unknown[] {
  return isSeq(node) ? node.items : [];
}

function texts(node: unknown): readonly string[] {
  const one = scalar(node);
  return one === undefined ? items(node).flatMap((item) => scalar(item) ?? []) : [one];
}

function scalar(node: unknown): string | undefined {
  if (!isScalar(node)) return undefined;
  const { value } = node;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
