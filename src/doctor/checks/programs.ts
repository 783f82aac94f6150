import type { Check } from '../check.js';
import type { AppFacts } from '../facts.js';
import { valueOf, type Found } from '../model.js';
import { satisfies, starterOf, type Want } from '../wants.js';

/** Node, Java, Python and .NET as the app wants them, and what runs it. */
export const programs: Check = {
  id: 'programs',
  title: 'the programs that the apps want',
  look: ({ apps, onGitHub }) => ({ found: apps.flatMap((app) => ofApp(app, onGitHub)) }),
};

function ofApp(app: AppFacts, onGitHub: boolean): readonly Found[] {
  const cdkJson = valueOf(app.cdkJson);
  const command = cdkJson?.body['app'];
  const starter = typeof command === 'string' ? starterOf(command) : undefined;
  const wanted = app.wants.flatMap((want) => unmet(want, app.programs[want.program], onGitHub));
  if (starter === undefined || app.programs[starter] !== null) return wanted;
  if (app.wants.some(({ program }) => program === starter)) return wanted;
  return [
    ...wanted,
    {
      severity: 'error',
      message: `the app in '${app.folder}' starts with '${starter}', which is not on PATH`,
      mend: install(starter, '', onGitHub),
      file: cdkJson?.file ?? '',
      line: 1,
    },
  ];
}

function unmet(
  { program, range, said, file, line }: Want,
  version: string | null | undefined,
  onGitHub: boolean,
): Found[] {
  if (version === undefined || (version !== null && satisfies(version, range))) return [];
  const there = version === null ? 'is not on PATH' : `is ${version}`;
  return [
    {
      // npm and version managers only warn; a compiler and an interpreter stop.
      severity: program === 'node' && version !== null ? 'warning' : 'error',
      message: `${program} ${there}, ${file} wants ${said}`,
      mend: install(program, said, onGitHub),
      file,
      line,
    },
  ];
}

/** The step that brings a program to a runner, by program. */
const SETUP: Readonly<Record<string, readonly [action: string, input: string]>> = {
  node: ['setup-node', 'node-version'],
  npx: ['setup-node', 'node-version'],
  npm: ['setup-node', 'node-version'],
  java: ['setup-java', 'java-version'],
  mvn: ['setup-java', 'java-version'],
  gradle: ['setup-java', 'java-version'],
  python: ['setup-python', 'python-version'],
  python3: ['setup-python', 'python-version'],
  go: ['setup-go', 'go-version'],
  dotnet: ['setup-dotnet', 'dotnet-version'],
};

function install(program: string, said: string, onGitHub: boolean): string {
  const setup = SETUP[program];
  if (!onGitHub || setup === undefined) return `install ${program}${said === '' ? '' : ` ${said}`} and put it on PATH`;
  const [action, input] = setup;
  return `uses: actions/${action}, before this step${said === '' ? '' : `, with ${input}: '${said}'`}`;
}
