// Preloaded into a run of the action: writes down which files Node reads as code, one a line. The variable does not
// reach the programs that the action runs, and the post step is another run.
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const { LOADED_FILES, STATE_post } = process.env;
if (LOADED_FILES && !STATE_post) {
  registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:')) appendFileSync(LOADED_FILES, `${fileURLToPath(url)}\n`);
      return next(url, context);
    },
  });
}
