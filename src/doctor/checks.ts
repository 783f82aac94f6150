import type { Check } from './check.js';
import { bootstrapRoles, bootstrapVersion, executionRole } from './checks/bootstrap.js';
import { accidentalCli, schema } from './checks/cli.js';
import { configFile, resolution, separateRoles } from './checks/config.js';
import { beatenContext, buildObject, placeholders, template } from './checks/context.js';
import { committed } from './checks/git.js';
import { identity, token } from './checks/job.js';
import { programs } from './checks/programs.js';
import { access, sessions, trust } from './checks/roles.js';
import { states } from './checks/states.js';
import { lookups, stability, synthesis } from './checks/synthesis.js';
import { leads, permissions, pinned } from './checks/workflows.js';

/** Every check, in the order of a run: what fails first is looked at first. */
export const CHECKS: readonly Check[] = [
  ...[configFile, resolution, leads, separateRoles],
  ...[permissions, pinned, identity, token],
  ...[trust, sessions, access],
  ...[programs, accidentalCli, schema],
  ...[template, beatenContext, buildObject, placeholders, committed],
  ...[synthesis, lookups, stability],
  ...[bootstrapVersion, bootstrapRoles, executionRole, states],
];
