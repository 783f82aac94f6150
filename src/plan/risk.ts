import { RISKS, type Action, type Change, type Reason, type Risk } from './model.js';
import { byText } from './json.js';

/** What an action costs when nothing else speaks against it. */
export const BASE_RISK: Readonly<Record<Action, Risk>> = {
  none: 'none',
  add: 'add',
  import: 'add',
  update: 'update',
  replace: 'update',
  delete: 'update',
};

/** The place of a risk in the order; higher is worse. */
export function rank(risk: Risk): number {
  return RISKS.indexOf(risk);
}

/** The worst of some risks; `none` of none. */
export function worst(risks: Iterable<Risk>): Risk {
  let found: Risk = 'none';
  for (const risk of risks) if (rank(risk) > rank(found)) found = risk;
  return found;
}

/** Reasons worst first, each once; those of equal risk stay in the order in which they were found. */
export function ranked(reasons: readonly Reason[]): readonly Reason[] {
  const once = reasons.filter(
    (reason, index) => reasons.findIndex(({ risk, text }) => risk === reason.risk && text === reason.text) === index,
  );
  return [...once].sort((left, right) => rank(right.risk) - rank(left.risk));
}

/** Changes worst first, then by logical id. */
export function worstFirst(left: Change, right: Change): number {
  return (
    rank(right.risk) - rank(left.risk) ||
    byText(left.logicalId, right.logicalId) ||
    byText(left.subject, right.subject) ||
    byText(left.type ?? '', right.type ?? '')
  );
}
