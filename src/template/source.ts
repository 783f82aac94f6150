/** A template or a partial, as it was read. */
export interface TemplateSource {
  readonly text: string;
  /** As the user knows it, relative to the workspace: it stands in messages. */
  readonly file: string;
}

/**
 * The port to the folder of the template: gives the partial of a name, undefined when there is none. The adapter
 * (`cdk/workspace.ts`) refuses what leads out of the workspace.
 */
export type Partials = (name: string) => TemplateSource | undefined;

/** A line of a template, for messages. Lines start at 1. */
export interface Line {
  readonly file: string;
  readonly line: number;
}

/** The start of every message about a template. */
export function at(line: Line): string {
  return `${line.file}:${line.line}`;
}
