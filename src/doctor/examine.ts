import { CHECKS } from './checks.js';
import type { Facts } from './facts.js';
import { SEVERITIES, type Examination, type Finding } from './model.js';

/** Makes every check over the facts. A check that lacks a fact says so; it is never taken for a good one. */
export function examine(facts: Facts, checks = CHECKS): Examination {
  const looks = checks.map((check) => ({ id: check.id, title: check.title, ...check.look(facts) }));
  const findings = looks.flatMap(({ id, found }) => found.map((one): Finding => ({ check: id, ...one })));
  return {
    findings: SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity)),
    checked: looks.flatMap(({ title, because = [] }) => (because.length === 0 ? [title] : [])),
    unchecked: looks.flatMap(({ title, because = [] }) =>
      because.length === 0 ? [] : [{ title, because: because.join('; ') }],
    ),
  };
}
