import { PINNED_CLI } from '../../cdk/version.js';
import { findingOf, type Check } from '../check.js';
import type { Problem, SynthesisFacts } from '../facts.js';
import { lookAt, together, valueOf, type Found, type Look } from '../model.js';

/** The app synthesises, for the target, as a run would do it. */
export const synthesis: Check = {
  id: 'synthesis',
  title: 'that the apps can be synthesised',
  look: ({ syntheses }) =>
    lookAt(syntheses, (all) =>
      all.flatMap(({ problem, folder }) =>
        problem === undefined || isLookup(problem)
          ? []
          : [findingOf(problem, 'error', mendOf(problem.message, folder))],
      ),
    ),
};

function mendOf(message: string, folder: string): string {
  if (/Maximum schema version supported/.test(message)) return `npm install --save-dev aws-cdk@${PINNED_CLI}`;
  if (/Cannot find (?:module|package)/.test(message)) return `npm ci, in '${folder}', before this step`;
  if (/No module named/.test(message)) return `pip install -r requirements.txt, in '${folder}', before this step`;
  return `npx cdk synth, in '${folder}', shows all that the app says`;
}

function isLookup({ message }: Problem): boolean {
  return message.startsWith('look-ups are missing');
}

/** What the CDK looks up in AWS is committed. */
export const lookups: Check = {
  id: 'look-ups',
  title: 'that look-ups are committed',
  look: ({ syntheses }) => lookAt(syntheses, (all) => all.flatMap(missing)),
};

function missing({ folder, problem, lookups: added }: SynthesisFacts): readonly Found[] {
  const file = `${folder === '.' ? '' : `${folder}/`}cdk.context.json`;
  const mend = `npx cdk synth, in '${folder}' with credentials, then git add ${file}`;
  if (problem && isLookup(problem)) {
    return [{ severity: 'error', message: problem.message.split(': ').slice(0, 2).join(': '), mend }];
  }
  if (added.length === 0) return [];
  return [
    { severity: 'warning', message: `${file} does not hold ${added.join(', ')}: each run looks them up anew`, mend },
  ];
}

/** The same app makes the same templates; otherwise no plan is ever what was reviewed. */
export const stability: Check = {
  id: 'stable',
  title: 'that a second synthesis makes the same',
  look: ({ syntheses }): Look => {
    const all = valueOf(syntheses);
    if (all === undefined) return lookAt(syntheses, () => []);
    return together(
      all.map(({ target, unstable }) =>
        lookAt(unstable, (paths): readonly Found[] =>
          paths.length === 0
            ? []
            : [
                {
                  severity: 'warning',
                  message: `a second synthesis of ${target} makes ${paths.join(', ')} otherwise: no plan would ever be the reviewed one`,
                  mend: `plan.ignore: [${paths.map((path) => `'${path}'`).join(', ')}]`,
                },
              ],
        ),
      ),
    );
  },
};
