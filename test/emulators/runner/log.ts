import { annotationOf, parseCommand, type Annotation, type WorkflowCommand } from './commands.js';
import type { Masks } from './masks.js';

/** GitHub keeps ten annotations of each kind a step. */
const ANNOTATIONS_OF_A_KIND = 10;

/** What a step's printed lines become: commands are obeyed, masks applied. */
export class StepLog {
  readonly annotations: Annotation[] = [];
  /** Commands that were obeyed, in order. */
  readonly commands: WorkflowCommand[] = [];
  private readonly shown: string[] = [];
  private readonly printed: string[] = [];
  private stopToken: string | undefined;

  constructor(
    private readonly masks: Masks,
    private readonly onLine?: (masked: string) => void,
  ) {}

  /** The log as GitHub shows it. */
  get log(): string {
    return this.shown.join('\n');
  }

  /** Every line as the program printed it. */
  get rawLog(): string {
    return this.printed.join('\n');
  }

  line(line: string): void {
    this.printed.push(line);
    if (this.stopToken !== undefined) {
      if (line.trim() === `::${this.stopToken}::`) this.stopToken = undefined;
      this.show(line);
      return;
    }
    const command = parseCommand(line);
    if (command === undefined) this.show(line);
    else this.obey(command, line);
  }

  /** A line of the runner's own. */
  show(line: string): void {
    const masked = this.masks.apply(line);
    this.shown.push(masked);
    this.onLine?.(masked);
  }

  private obey(command: WorkflowCommand, line: string): void {
    this.commands.push(command);
    const { name, message } = command;
    const annotation = annotationOf(command);
    if (annotation) {
      const alike = this.annotations.filter(({ kind }) => kind === annotation.kind);
      const masked = { ...annotation, message: this.masks.apply(message) };
      if (alike.length < ANNOTATIONS_OF_A_KIND) this.annotations.push(masked);
    }
    if (name === 'add-mask') this.masks.add(message);
    if (name === 'stop-commands') this.stopToken = message;
    // Debug lines are shown only where someone turned them on; the others print under the old form's prefix.
    if (name === 'debug') return;
    if (name === 'add-mask') this.show('::add-mask::***');
    else if (annotation || name === 'group' || name === 'endgroup') this.show(`##[${name}]${message}`);
    else this.show(line);
  }
}
