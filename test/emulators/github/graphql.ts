import { buildSchema, graphqlSync } from 'graphql';
import { readFileSync } from 'node:fs';
import type { Answer } from './answers.js';
import type { Deployments, StoredDeployment } from './deployments.js';

/** GitHub's own schema, as far as it is asked for: a query that it does not allow is answered as GitHub does. */
const schema = buildSchema(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));

interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly environments?: readonly string[] | null;
  readonly orderBy?: { readonly direction: 'ASC' | 'DESC' };
}

/** Most nodes of a page. */
const PAGE_LIMIT = 100;

/** Answers a query of the repository's deployments. Errors of a query come with status 200. */
export function queryDeployments(deployments: Deployments, source: string, variables: unknown): Answer {
  const rootValue = {
    repository: () => ({
      deployments: (args: PageArguments) => {
        const wanted = deployments.list.filter(({ environment }) => args.environments?.includes(environment) ?? true);
        const inOrder = args.orderBy?.direction === 'DESC' ? wanted.toReversed() : wanted;
        return connection(
          inOrder.map((one) => node(one, deployments)),
          args,
        );
      },
    }),
  };
  const variableValues = variables as Record<string, unknown>;
  return { status: 200, body: graphqlSync({ schema, source, rootValue, variableValues }) };
}

function node(deployment: StoredDeployment, { commitDates }: Deployments): unknown {
  const date = commitDates.get(deployment.sha);
  return {
    commitOid: deployment.sha,
    commit: date === null ? null : { committedDate: date ?? '2026-10-31T12:00:00Z' },
    createdAt: deployment.createdAt,
    environment: deployment.environment,
    statuses: (args: PageArguments) =>
      connection(
        deployment.statuses.toReversed().map(({ state, description, createdAt }) => ({
          ...{ state: state.toUpperCase(), description, createdAt },
        })),
        args,
      ),
  };
}

/** A page of a list, as the API cuts it. */
function connection(all: readonly unknown[], { first, last, after }: PageArguments): unknown {
  const size = first ?? last;
  // GitHub wants one of the two, and gives no more than a hundred.
  if (size === undefined || size === null || size < 1 || size > PAGE_LIMIT) {
    throw new Error('You must provide a `first` or `last` value from 1 to 100 to properly paginate');
  }
  const start = after ? Number(Buffer.from(after, 'base64').toString().replace('cursor:', '')) : 0;
  const rest = all.slice(start);
  const nodes = first === undefined || first === null ? rest.slice(-size) : rest.slice(0, size);
  const end = start + nodes.length;
  return {
    nodes,
    totalCount: all.length,
    pageInfo: {
      endCursor: nodes.length === 0 ? null : Buffer.from(`cursor:${end}`).toString('base64'),
      hasNextPage: end < all.length,
      hasPreviousPage: start > 0,
      startCursor: null,
    },
  };
}
