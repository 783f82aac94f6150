import type { Check } from '../check.js';
import { lookAt, together, type Found } from '../model.js';

/** Cached look-ups belong to the app: without them every synthesis may be another one. */
export const committed: Check = {
  id: 'git',
  title: 'what git keeps of the apps',
  look: ({ apps }) =>
    together(
      apps.map(({ folder, git }) =>
        lookAt(git, ({ contextIgnored: rule, outChecked }) => [
          ...(rule === undefined
            ? []
            : [
                {
                  severity: 'warning',
                  message: `git ignores cdk.context.json of '${folder}' ('${rule.rule}'): its look-ups are lost, and a synthesis without credentials fails`,
                  mend: `remove '${rule.rule}' from ${rule.file}, or add '!cdk.context.json'`,
                  file: rule.file,
                  line: rule.line,
                } as const satisfies Found,
              ]),
          ...(outChecked === 0
            ? []
            : [
                {
                  severity: 'info',
                  message: `${outChecked} files of cdk.out in '${folder}' are checked in, though every synthesis makes them anew`,
                  mend: `git rm -r --cached ${folder === '.' ? '' : `${folder}/`}cdk.out`,
                } as const satisfies Found,
              ]),
        ]),
      ),
    ),
};
