import path from 'node:path';
import type { AppFacts, GitFacts } from '../../doctor/facts.js';
import { known, unknown } from '../../doctor/model.js';
import { messageOf } from '../../errors.js';
import type { ExecResult } from '../../ports.js';
import type { Context } from '../context.js';

/** What git keeps of an app's folder, as git itself tells. */
export async function gitFacts(folder: string, context: Context): Promise<AppFacts['git']> {
  const inApp = (name: string): string => path.posix.join(folder, name);
  try {
    const out = await git(['ls-files', '--', inApp('cdk.out')], context);
    if (out.exitCode !== 0) return unknown(`git says: ${out.stderr.trim().split('\n', 1)[0] ?? 'nothing'}`);
    const ignored = await git(['check-ignore', '--verbose', inApp('cdk.context.json')], context);
    const rule = ignored.exitCode === 0 ? ruleIn(ignored.stdout) : undefined;
    return known({
      outChecked: out.stdout.split('\n').filter(Boolean).length,
      ...(rule === undefined ? {} : { contextIgnored: rule }),
    });
  } catch (error) {
    return unknown(`git cannot be asked: ${messageOf(error)}`);
  }
}

/** `owner/name` on GitHub of the checkout's origin; empty when there is none. */
export async function originOf(context: Context): Promise<string> {
  try {
    const { stdout } = await git(['remote', 'get-url', 'origin'], context);
    return /github\.com[:/]([^/\s]+\/[^/\s]+?)(?:\.git)?\s*$/.exec(stdout)?.[1] ?? '';
  } catch {
    return '';
  }
}

/** `.gitignore:3:cdk.context.json<tab>app/cdk.context.json`; a rule of one's own machine is nobody else's. */
function ruleIn(stdout: string): GitFacts['contextIgnored'] {
  const [, file, line, rule] = /^([^\t]*?):(\d+):([^\t]*)\t/.exec(stdout) ?? [];
  if (file === undefined || rule === undefined || rule.startsWith('!')) return undefined;
  return path.isAbsolute(file) || !file.endsWith('.gitignore') ? undefined : { file, line: Number(line), rule };
}

function git(args: readonly string[], { env, ports, place }: Context): Promise<ExecResult> {
  const pass = Object.fromEntries(['PATH', 'HOME'].flatMap((name) => (env[name] ? [[name, env[name]] as const] : [])));
  return ports.exec.run('git', args, { cwd: place.workspace, env: { ...pass, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' } });
}
