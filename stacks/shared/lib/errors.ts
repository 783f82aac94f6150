/** A mistake in what an app was given. One line, lower-case, names the wrong value and says what to change. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Runs an app's wiring. A `ConfigError` becomes one line on standard error and exit code 1, without a stack trace;
 * anything else is a defect and keeps its own.
 */
export function runApp(wire: () => void): void {
  try {
    wire();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(`error: ${error.message}`);
    // Not `exitCode`: the CDK would still write what was built so far when the process ends by itself.
    process.exit(1);
  }
}
