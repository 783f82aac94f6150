import { appsOf } from './apps.js';
import { chooseEnvironment } from './choose-environment.js';
import { chooseRelease } from './choose-release.js';
import { chooseVersion } from './choose-version.js';
import type { Config } from './config.js';
import type { EventContext } from './event.js';
import { exceptionsOf } from './gates.js';
import { lookup } from './lookup.js';
import type { Resolution, ResolvedTarget, Target } from './model.js';
import { chooseAccount, chooseRegions } from './place.js';
import type { Catalogue, ResolveRequest } from './request.js';
import { rolesOf } from './roles.js';

/** How an account is bootstrapped unless the config names a release that does it. */
const CDK = 'cdk';

/**
 * Decides what a run is about: an input wins, then a `workflow_dispatch` input, then the event, then the config. Without
 * a config the inputs alone suffice.
 * @returns targets sorted by wave, then as the release names its apps, then as the environment names its regions
 * @throws ActionError `resolution`, one line that names the value, the candidates and the file
 */
export function resolve(
  request: ResolveRequest,
  event: EventContext,
  config: Config | undefined,
  catalogue: Catalogue,
): Resolution {
  const environment = chooseEnvironment(request, event, config);
  const own = lookup(config?.environments, environment.value);
  const release = chooseRelease(request, event, config);
  const roles = rolesOf(request, own);
  const place = { environment: environment.value, own, config };
  const regions = chooseRegions(request, place);
  const account = chooseAccount(request, place, roles);
  const apps = appsOf(release.value, request, environment.value, config).map((app) => ({
    ...app,
    version: chooseVersion(
      {
        request,
        event,
        config,
        environment: environment.value,
        ...(app.app.templates === undefined ? {} : { templates: app.app.templates }),
      },
      catalogue,
    ),
  }));
  const targets = apps.flatMap(({ release: name, app, wave, version }) =>
    regions.value.map((region): ResolvedTarget => ({
      id: `${environment.value}-${name}-${region}`,
      release: name,
      environment: environment.value,
      region,
      version: version.value,
      wave,
      ...(account.value === undefined ? {} : { account: account.value }),
      app,
      roles,
      ...(own?.domain === undefined ? {} : { domain: own.domain }),
      ...(own?.url === undefined ? {} : { url: own.url }),
      variables: own?.variables ?? {},
      protected: own?.protected ?? false,
      ephemeral: own?.ephemeral ?? false,
      gates: own?.gates ?? [],
      exceptions: exceptionsOf(own),
      bootstrap: config?.bootstrap ?? CDK,
    })),
  );
  const version = (apps.find((app) => app.app.templates !== undefined) ?? apps[0])?.version;
  return {
    ...identityOf(config, own?.name),
    environment: environment.value,
    release: release.value,
    version: version?.value ?? '',
    releaseVersion: event.tag ?? '',
    targets,
    ...(config?.plan === undefined ? {} : { plan: config.plan }),
    ...(config?.checks === undefined ? {} : { checks: config.checks }),
    sources: {
      environment: environment.source,
      release: release.source,
      version: version?.source ?? '',
      'release-version': event.tag === undefined ? 'no tag' : `${event.name} of the tag`,
      region: regions.source,
      account: account.source,
      roles: rolesSource(request, roles.deploy.length + roles.plan.length, environment.value, config),
      stacks: request.stacks?.length ? 'the input stacks' : 'the release',
    },
  };
}

/** The targets as they are published: six keys, no account. */
export function publicTargets(resolution: Resolution): readonly Target[] {
  return resolution.targets.map(({ id, release, environment, region, version, wave }) => ({
    id,
    release,
    environment,
    region,
    version,
    wave,
  }));
}

function identityOf(config: Config | undefined, ownName: string | undefined): Partial<Resolution> {
  if (config === undefined) return {};
  const { organization, alias, team, contributor, synthesizer, tags } = config;
  const name = ownName ?? config.name;
  const identity = { organization, name, alias, team, contributor, synthesizer, tags };
  return Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== undefined));
}

function rolesSource(request: ResolveRequest, count: number, environment: string, config: Config | undefined): string {
  if (request.roles?.length) return 'the input role-to-assume';
  return count > 0 ? `environments.${environment}.roles in ${config?.file ?? ''}` : 'none: the credentials of the job';
}
