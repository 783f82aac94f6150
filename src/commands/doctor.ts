import { examine } from '../doctor/examine.js';
import type { Examination, Finding } from '../doctor/model.js';
import { ActionError } from '../errors.js';
import type { DoctorInputs } from '../inputs.js';
import { maskText } from '../mask.js';
import type { Outcome } from '../outputs.js';
import { doctorLines, renderDoctor } from '../report/doctor.js';
import type { Context } from './context.js';
import { gather } from './doctor/gather.js';

/** Finds what would make the next run fail, before it runs, and says of each what mends it. */
export async function doctor(inputs: DoctorInputs, context: Context): Promise<Outcome> {
  const { runner } = context.ports;
  const examination = masked(examine(await gather(inputs, context)), runner.secrets());
  const { findings } = examination;
  for (const line of doctorLines(examination)) runner.info(line);
  for (const finding of findings) annotate(finding, context);
  if (inputs.summary) await runner.summary(renderDoctor(examination));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return {
    outputs: { findings, result: errors > 0 ? 'failure' : 'success' },
    ...(errors === 0
      ? {}
      : {
          failure: new ActionError(
            'doctor',
            `${errors} of what was found would make the next run fail: the table above has what mends each`,
          ),
        }),
  };
}

/** What stands in a file of ours is shown there; the rest is in the table. */
function annotate({ check, severity, message, mend, file, line }: Finding, context: Context): void {
  if (file === undefined) return;
  const { runner } = context.ports;
  const level = severity === 'info' ? 'notice' : severity;
  runner[level](`${message}; ${mend}`, { title: check, file, ...(line === undefined ? {} : { line }) });
}

function masked(examination: Examination, secrets: readonly string[]): Examination {
  const hide = (text: string): string => maskText(text, secrets);
  return {
    ...examination,
    findings: examination.findings.map((one) => ({ ...one, message: hide(one.message), mend: hide(one.mend) })),
    unchecked: examination.unchecked.map((one) => ({ ...one, because: hide(one.because) })),
  };
}
