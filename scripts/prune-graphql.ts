/**
 * Makes `test/emulators/github/schema.graphql` from GitHub's published GraphQL schema, keeping the fields that the action
 * asks for. The package with the schema is large, so it is fetched by hand when a field is added:
 *
 *     npm pack @octokit/graphql-schema@15.26.1 && tar xzf octokit-graphql-schema-15.26.1.tgz
 *     npx tsx scripts/prune-graphql.ts package/schema.graphql
 */
import { isTypeDefinitionNode, Kind, parse, print, visit, type DefinitionNode } from 'graphql';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

/** Fields by type; `all` keeps a type as it is. */
const KEPT: Readonly<Record<string, 'all' | readonly string[]>> = {
  Query: ['repository'],
  Repository: ['deployments'],
  DeploymentConnection: ['nodes', 'pageInfo', 'totalCount'],
  Deployment: ['commit', 'commitOid', 'createdAt', 'environment', 'statuses'],
  Commit: ['committedDate'],
  DeploymentStatusConnection: ['nodes', 'pageInfo', 'totalCount'],
  DeploymentStatus: ['createdAt', 'description', 'state'],
  DeploymentStatusState: 'all',
  DeploymentOrder: 'all',
  DeploymentOrderField: 'all',
  OrderDirection: 'all',
  PageInfo: 'all',
  DateTime: 'all',
};

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('name the schema: package/schema.graphql');
const schema = parse(readFileSync(source, 'utf8'), { noLocation: true });

function pruned(definition: DefinitionNode): readonly DefinitionNode[] {
  const kept = isTypeDefinitionNode(definition) ? KEPT[definition.name.value] : undefined;
  if (kept === undefined) return [];
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || kept === 'all') return [definition];
  const fields = definition.fields?.filter(({ name }) => kept.includes(name.value)) ?? [];
  return [{ ...definition, interfaces: [], fields }];
}

const document = { ...schema, definitions: schema.definitions.flatMap(pruned) };
// Neither prose nor GitHub's own directives (previews, documentation) are read.
const bare = visit(document, {
  enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  Directive: () => null,
});
const target = join(import.meta.dirname, '../test/emulators/github/schema.graphql');
writeFileSync(target, await format(print(bare), { parser: 'graphql', printWidth: 120 }));
