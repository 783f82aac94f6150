import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib/core';
import { afterAll } from 'vitest';

/** Assemblies of the test file that imports this; they go when it ends. */
const ASSEMBLIES = mkdtempSync(join(tmpdir(), 'assemblies-'));
afterAll(() => {
  rmSync(ASSEMBLIES, { recursive: true, force: true });
});

/** A template of CloudFormation, as far as tests look into it. */
export interface CfnTemplate {
  readonly Resources: Record<string, CfnResource>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
}

export interface CfnResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

/** An app as the CLI makes it: with the flags of its `cdk.json` and the given context. */
export function testApp(folder: string, context: Readonly<Record<string, unknown>>): App {
  // The CDK's own check of templates takes three seconds an app; tests run cfn-lint, from which it descends.
  process.env['CDK_VALIDATION'] = 'false';
  const settings = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8')) as { context: Record<string, unknown> };
  const outdir = mkdtempSync(join(ASSEMBLIES, 'assembly-'));
  return new App({ outdir, context: { ...settings.context, ...context }, analyticsReporting: false });
}

/** Synthesises, and gives every template of the assembly by the name of its file, nested ones too. */
export function templatesOf(app: App): Record<string, CfnTemplate> {
  const { directory } = app.synth();
  const files = readdirSync(directory).filter((file) => file.endsWith('.template.json'));
  return Object.fromEntries(
    files.sort().map((file) => [file, JSON.parse(readFileSync(join(directory, file), 'utf8')) as CfnTemplate]),
  );
}

/** The same with every asset's hash masked: a change of the code it holds is no change of the template. */
export function maskAssets<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(/[0-9a-f]{64}/g, '<asset>')) as Value;
}

interface ValidationReport {
  readonly pluginReports: readonly {
    readonly violations: readonly { readonly ruleName: string; readonly description: string }[];
  }[];
}

/** What the app's validators found, in one line each. A validator is added with `Validations.of(app).addPlugins`. */
export function findingsOf(app: App): string[] {
  const file = join(app.outdir, 'validation-report.json');
  try {
    app.synth();
  } catch (error) {
    // A finding throws once the report is written; anything else that is thrown is no finding.
    if (!existsSync(file)) throw error;
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as ValidationReport;
  return report.pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName)).sort();
}

const LINTER = process.env['CFN_LINT'] ?? fileURLToPath(new URL('../../../.cache/venv/bin/cfn-lint', import.meta.url));

/**
 * Runs cfn-lint over the templates of assemblies.
 *
 * @throws Error with its findings, or with the way to install it
 */
export function lintTemplates(apps: readonly App[], region: string): void {
  if (!existsSync(LINTER)) {
    throw new Error(
      `cfn-lint is not at ${LINTER}: run "npm test" once, which installs it, or set CFN_LINT to its path`,
    );
  }
  const files = apps.flatMap((app) => Object.keys(templatesOf(app)).map((file) => join(app.outdir, file)));
  // W3005: the CDK writes a dependency down even where a reference implies it.
  const options = ['--regions', region, '--ignore-checks', 'W3005', '--format', 'parseable', '--'];
  try {
    execFileSync(LINTER, [...options, ...files], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error((error as { stdout?: string }).stdout ?? 'cfn-lint could not be run', { cause: error });
  }
}
