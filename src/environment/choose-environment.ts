import { ActionError } from '../errors.js';
import type { Config } from './config.js';
import type { Decision } from './decision.js';
import type { EventContext } from './event.js';
import { NAME } from './names.js';
import type { ResolveRequest } from './request.js';
import { describeWhen, leadOf, leads } from './when.js';
import { hint, listed, quote } from './wording.js';

/** The environment of a repository without a config file. */
const ONLY = 'default';

/**
 * The environment: that of the input, of a `workflow_dispatch` input, or the one that the event leads to; else the only
 * one of the config, when it does not say which events lead to it; else, without environments in a config, `default`.
 * @throws ActionError `resolution`
 */
export function chooseEnvironment(
  request: Pick<ResolveRequest, 'environment'>,
  event: EventContext,
  config: Config | undefined,
): Decision<string> {
  const named = namedBy(request, event);
  if (named !== undefined) return known(named, config);
  const environments = Object.entries(config?.environments ?? {});
  const [first] = environments;
  if (config === undefined || first === undefined)
    return { value: ONLY, source: 'no environment is named or configured' };

  const lead = leadOf(event);
  const claiming = environments
    .filter(([, { when }]) => when !== undefined && leads(when, event))
    .map(([name]) => name);
  const [claim, ...others] = claiming;
  if (claim !== undefined && others.length > 0) {
    throw new ActionError(
      'resolution',
      `${quote(lead?.text ?? event.name)} leads to ${claiming.join(' and ')}: narrow one environment's 'when' in ${config.file}, or set the input environment`,
    );
  }
  if (claim !== undefined) {
    return {
      value: claim,
      source: `${lead?.text ?? event.name} (environments.${claim}.when.${lead?.key ?? ''} in ${config.file})`,
    };
  }
  if (environments.length === 1 && first[1].when === undefined) {
    return { value: first[0], source: `the only environment in ${config.file}` };
  }
  const leading = environments.map(
    ([name, { when }]) => `${name}: ${when === undefined ? 'no event' : describeWhen(when)}`,
  );
  throw new ActionError(
    'resolution',
    `no environment for ${quote(lead?.text ?? event.name)}: set the input environment, or add the event to a 'when' in ${config.file} (${leading.join('; ')})`,
  );
}

function namedBy(request: Pick<ResolveRequest, 'environment'>, event: EventContext): Decision<string> | undefined {
  if (request.environment) return { value: request.environment, source: 'the input environment' };
  const chosen = event.inputs['environment'];
  return chosen ? { value: chosen, source: 'the workflow_dispatch input environment' } : undefined;
}

function known(decision: Decision<string>, config: Config | undefined): Decision<string> {
  const { value, source } = decision;
  const names = Object.keys(config?.environments ?? {});
  if (config !== undefined && names.length > 0) {
    if (names.includes(value)) return decision;
    throw new ActionError(
      'resolution',
      `environment ${quote(value)} (${source}) is unknown${hint(value, names)}: ${config.file} has ${listed(names)}`,
    );
  }
  if (NAME.test(value)) return decision;
  throw new ActionError(
    'resolution',
    `environment ${quote(value)} (${source}) is no name: it must match ${NAME.source}`,
  );
}
