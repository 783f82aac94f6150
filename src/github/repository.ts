import { ActionError } from '../errors.js';

/**
 * Owner and name of a repository, as the API wants them.
 * @param repository `owner/name`
 * @throws ActionError `github` when it is not of that form
 */
export function repositoryOf(repository = ''): { readonly owner: string; readonly repo: string } {
  const [owner, repo, ...rest] = repository.split('/');
  if (owner && repo && rest.length === 0) return { owner, repo };
  throw new ActionError('github', `GITHUB_REPOSITORY is "${repository}": it has to be owner/name`);
}
