import { existsSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readText } from './files.js';
import { resolveInside } from '../../cdk/workspace.js';
import type { ConfigFacts, TargetFacts } from '../../doctor/facts.js';
import { lineAt } from '../../doctor/wants.js';
import type { Resolution, ResolvedTarget } from '../../environment/model.js';
import type { DoctorInputs } from '../../inputs.js';
import { isRecord } from '../../template/json.js';
import { renderFor, templateOf } from '../app-context.js';
import type { Context } from '../context.js';
import { decide } from '../target.js';
import { inFolder } from './app.js';
import { problemOf } from './problem.js';

/** A target that a run could be about. */
export interface DoctorTarget {
  readonly resolution: Resolution;
  readonly target: ResolvedTarget;
  /** Template of its context, from the workspace. @default it has none */
  readonly template?: string;
}

export interface Targets {
  readonly facts: readonly TargetFacts[];
  readonly targets: readonly DoctorTarget[];
}

/** Stands in for an account that only the credentials know. */
const ANY_ACCOUNT = '000000000000';

/** Resolves every release in every environment that the inputs leave open. */
export function targetsOf(inputs: DoctorInputs, { config, problem }: ConfigFacts, context: Context): Targets {
  if (problem) return { facts: [], targets: [] };
  const environments = inputs.environment ? [inputs.environment] : Object.keys(config?.environments ?? {});
  const all = (environments.length > 0 ? environments : ['']).map((environment) =>
    inEnvironment(inputs, environment, releasesOf(inputs, config, environment), context),
  );
  return { facts: all.flatMap(({ facts }) => facts), targets: all.flatMap(({ targets }) => targets) };
}

/** Releases with an app that go to an environment; one without a name where none is configured. */
function releasesOf({ release }: DoctorInputs, config: ConfigFacts['config'], environment: string): readonly string[] {
  if (release) return [release];
  const named = Object.entries(config?.releases ?? {});
  if (named.length === 0) return [''];
  return named.flatMap(([name, { releases, environments }]) =>
    releases === undefined && (environments?.includes(environment) ?? true) ? [name] : [],
  );
}

function inEnvironment(
  inputs: DoctorInputs,
  environment: string,
  releases: readonly string[],
  context: Context,
): Targets {
  const all = releases.map((release): Targets => {
    try {
      const { resolution } = decide({ ...inputs, environment, release }, context);
      const targets = resolution.targets.map((target) => ({ resolution, target }));
      const looked = targets.map((one) => lookInto(one, inputs, context));
      return { facts: looked.map(({ facts }) => facts), targets: looked.map(({ target }) => target) };
    } catch (error) {
      return { facts: [{ environment, release, problem: problemOf(error) }], targets: [] };
    }
  });
  return { facts: all.flatMap(({ facts }) => facts), targets: all.flatMap(({ targets }) => targets) };
}

function lookInto(
  { resolution, target }: DoctorTarget,
  inputs: DoctorInputs,
  context: Context,
): { readonly facts: TargetFacts; readonly target: DoctorTarget } {
  const { environment, release } = target;
  try {
    const folder = resolveInside(context.place.workspace, target.app.folder, 'the app folder');
    const template = templateOf(inputs, target, (name) => existsSync(path.join(folder, name)));
    const rendered = renderFor({ inputs, resolution, target }, target.account ?? ANY_ACCOUNT, folder, context);
    const beaten = beatenBy(target.app.folder, { ...rendered.context, ...rendered.extra }, context);
    return {
      facts: { environment, release, beaten },
      target: { resolution, target, ...(template === undefined ? {} : { template }) },
    };
  } catch (error) {
    return { facts: { environment, release, contextProblem: problemOf(error) }, target: { resolution, target } };
  }
}

function beatenBy(
  folder: string,
  rendered: Readonly<Record<string, unknown>>,
  { place }: Context,
): NonNullable<TargetFacts['beaten']> {
  const file = inFolder(folder, 'cdk.json');
  const text = readText(place.workspace, file);
  if (text === undefined) return [];
  const set = contextIn(text);
  return Object.keys(rendered).flatMap((key) => {
    if (!Object.hasOwn(set, key) || isDeepStrictEqual(set[key], rendered[key])) return [];
    return [{ key, file, line: lineAt(text, Math.max(0, text.indexOf(JSON.stringify(key)))) }];
  });
}

function contextIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) && isRecord(body['context']) ? body['context'] : {};
  } catch {
    // The check of the synthesis tells it.
    return {};
  }
}
