import { findingOf, type Check } from '../check.js';
import type { Facts, Problem } from '../facts.js';
import type { Found } from '../model.js';
import { valueOf } from '../model.js';
import { lineAt } from '../wants.js';
import { brokenConfig, distinct } from './config.js';

/** Every variable of a context's template has a value in every environment. */
export const template: Check = {
  id: 'template',
  title: "the context's templates",
  look(facts) {
    if (facts.config.problem) return brokenConfig;
    const found = facts.targets.flatMap(({ environment, contextProblem }) =>
      contextProblem === undefined ? [] : [withoutValue(contextProblem, environment)],
    );
    return { found: distinct(found) };
  },
};

function withoutValue(problem: Problem, environment: string): Found {
  const name = /\{\{([\w.-]+)\}\} has no value/.exec(problem.message)?.[1];
  if (name === undefined) return findingOf(problem);
  const mend = `environments.${environment}.variables.${name}: <its value>`;
  const message = `${problem.message.split(';', 1)[0] ?? ''} in environment '${environment}'`;
  return { ...findingOf(problem, 'error', mend), message };
}

/** In the CDK the context of `cdk.json` wins over `cdk.context.json`, without a word. */
export const beatenContext: Check = {
  id: 'cdk-json-context',
  title: "that cdk.json's context beats no rendered key",
  look: ({ targets }) => ({
    found: distinct(
      targets.flatMap(({ beaten = [] }) =>
        beaten.map(({ key, file, line }): Found => ({
          severity: 'error',
          message: `the context of ${file} sets '${key}', which the template renders to another value: cdk.json would win`,
          mend: `remove "${key}" from "context" in ${file}`,
          file,
          line,
        })),
      ),
    ),
  }),
};

/** A `build` that is an object is another tool's: the CLI takes it for a file's name and ends. */
export const buildObject: Check = {
  id: 'cdk-json-build',
  title: "cdk.json's build",
  look: ({ apps }) => ({
    found: apps.flatMap(({ cdkJson }): Found[] => {
      const { file = '', body = {}, text = '' } = valueOf(cdkJson) ?? {};
      const build = body['build'];
      if (typeof build !== 'object' || build === null) return [];
      const command = 'command' in build && typeof build.command === 'string' ? build.command : '<command>';
      return [
        {
          severity: 'warning',
          message: `build in ${file} is an object: this action passes over it, and cdk by itself fails on it`,
          mend: `"build": ${JSON.stringify(command)}`,
          file,
          line: lineAt(text, Math.max(0, text.indexOf('"build"'))),
        },
      ];
    }),
  }),
};

/** AWS's documentation calls its account 123456789012; twelve zeros stand in examples. Both synthesise happily. */
const PLACEHOLDER = /(?<!\d)(?:0{12}|123456789012)(?!\d)/g;

export const placeholders: Check = {
  id: 'placeholder-account',
  title: 'that no account is a placeholder',
  look: (facts) => ({ found: textsOf(facts).flatMap(({ file, text }) => inText(file, text)) }),
};

/** Zeros in the config are refused by its schema, with their line. */
function textsOf({ config, apps }: Facts): readonly { readonly file: string; readonly text: string }[] {
  const own = config.config && config.text ? [{ file: config.config.file, text: config.text }] : [];
  const ofApps = apps.flatMap(({ cdkJson, contexts }) => {
    const known = valueOf(cdkJson);
    const body = known?.body['context'] === undefined ? [] : [{ file: known.file, text: known.text }];
    return [...body, ...contexts];
  });
  return [...own, ...new Map(ofApps.map((one) => [one.file, one])).values()];
}

function inText(file: string, text: string): readonly Found[] {
  const cached = file.endsWith('cdk.context.json');
  return [...text.matchAll(PLACEHOLDER)].slice(0, 1).map(({ index, 0: account }) => ({
    severity: cached ? 'warning' : 'error',
    message: `account ${account} is a placeholder${cached ? ': what is cached for it is of no use' : ''}`,
    mend: cached ? `remove the keys with ${account} from ${file}` : `put the id of the account in place of ${account}`,
    file,
    line: lineAt(text, index),
  }));
}
