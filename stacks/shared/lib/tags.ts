import type { PlatformContext } from './context-schema.js';

/**
 * The platform's hierarchy as tags, then the context's own. They belong on the stack, not on each resource:
 * CloudFormation hands them down, and a new version does not then show up as a change of every resource.
 */
export function hierarchyTags(context: PlatformContext): Record<string, string> {
  const hierarchy: Record<string, string | undefined> = {
    synthesizer: context['deployment:synthesizer:name'] ?? context['platform:name'],
    organization: context['deployment:organization'],
    team: context['deployment:team:name'] ?? context['deployment:team:alias'],
    contributor: context['deployment:contributor:name'],
    release: context['deployment:release'],
    environment: context['deployment:environment'],
    version: context['deployment:version'],
  };
  const given = Object.entries(hierarchy).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const ours = Object.fromEntries(given.map(([level, value]) => [`fastish:${level}`, value]));
  return { ...context['deployment:tags'], ...ours };
}
