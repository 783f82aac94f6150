import semver from 'semver';

/** What a file asks of a program's version. */
export interface Want {
  /** As it is called on the command line: `node`, `java`, `python3`. */
  readonly program: string;
  /** As semver reads it; empty for any version. */
  readonly range: string;
  /** As the file has it. */
  readonly said: string;
  readonly file: string;
  readonly line: number;
}

/** How a file's text says it. The first group is the version or range. */
interface Source {
  readonly name: RegExp;
  readonly program: string;
  readonly pattern: RegExp;
  readonly range: (said: string) => string;
}

const atLeast = (said: string): string => `>=${said}`;

const SOURCES: readonly Source[] = [
  { name: /^\.(?:nvmrc|node-version)$/, program: 'node', pattern: /^v?(\d[\d.]*)\s*$/m, range: (said) => said },
  {
    name: /^package\.json$/,
    program: 'node',
    pattern: /"engines"\s*:\s*\{[^}]*?"node"\s*:\s*"([^"]+)"/,
    range: (said) => said,
  },
  {
    name: /^pom\.xml$/,
    program: 'java',
    pattern: /<(?:maven\.compiler\.(?:release|target)|java\.version|release)>\s*(?:1\.)?(\d+)\s*</,
    range: atLeast,
  },
  { name: /^build\.gradle(?:\.kts)?$/, program: 'java', pattern: /JavaLanguageVersion\.of\((\d+)\)/, range: atLeast },
  { name: /^pyproject\.toml$/, program: 'python3', pattern: /^requires-python\s*=\s*["']([^"']+)["']/m, range: pep440 },
  { name: /^\.python-version$/, program: 'python3', pattern: /^(\d+(?:\.\d+)*)\s*$/m, range: (said) => said },
  {
    name: /^global\.json$/,
    program: 'dotnet',
    pattern: /"sdk"\s*:\s*\{[^}]*?"version"\s*:\s*"(\d+\.\d+)/,
    range: atLeast,
  },
];

/** Names of files that may ask for something. */
export const WANTING = [
  ...['.nvmrc', '.node-version', 'package.json', 'pom.xml', 'build.gradle', 'build.gradle.kts'],
  ...['pyproject.toml', '.python-version', 'global.json'],
] as const;

/** What one file asks for. @param file with its folder, for messages */
export function wantsOf(file: string, text: string): readonly Want[] {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return SOURCES.flatMap((source) => {
    if (!source.name.test(name)) return [];
    const match = source.pattern.exec(text);
    const said = match?.[1]?.trim();
    if (match === null || said === undefined) return [];
    const at = match.index + match[0].lastIndexOf(said);
    return [{ program: source.program, range: source.range(said), said, file, line: lineAt(text, at) }];
  });
}

/** Programs that a command line starts with and that this action does not bring. */
const STARTERS = new Set([
  'node',
  'npx',
  'npm',
  'java',
  'mvn',
  'gradle',
  'python',
  'python3',
  'uv',
  'poetry',
  'go',
  'dotnet',
]);

/** The program that the command of an app starts with, where it is one that is known. */
export function starterOf(command: string): string | undefined {
  const first = command
    .trim()
    .split(/\s+/)
    .find((word) => !/^\w+=/.test(word));
  return first !== undefined && STARTERS.has(first) ? first : undefined;
}

/** Whether a version is in a range. What cannot be read as either is taken for good. */
export function satisfies(version: string, range: string): boolean {
  const exact = semver.coerce(version);
  if (exact === null || semver.validRange(range) === null) return true;
  return semver.satisfies(exact, range, { includePrerelease: true });
}

/** Whether a version comes before another. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [semver.coerce(version), semver.coerce(than)];
  return left !== null && right !== null && semver.lt(left, right);
}

/** Whether a range may be answered with a version. */
export function admits(range: string, version: string): boolean {
  return semver.validRange(range) !== null && semver.satisfies(version, range);
}

/** The version in what a program prints: `v24.1.0`, `openjdk version "21.0.2"`, `java version "1.8.0_292"`. */
export function versionIn(text: string): string | undefined {
  const version = /(\d+(?:\.\d+){0,2})/.exec(text)?.[1];
  // Java 8 and older called themselves 1.8.
  return version?.replace(/^1\.(\d+)(?=\.|$)/, (whole, minor: string) => (/java|jdk/i.test(text) ? minor : whole));
}

/** Python's `>=3.10,<4`, `~=3.10` and `==3.11.*` as semver has them. */
function pep440(said: string): string {
  return said
    .split(',')
    .map((part) => {
      const [, operator = '', version = ''] = /^\s*(~=|==|!=|<=|>=|<|>)?\s*([\d.*]+)/.exec(part) ?? [];
      if (operator === '!=') return '';
      if (operator !== '~=') return `${operator === '==' ? '' : operator}${version.replace('.*', '')}`;
      const numbers = version.split('.').map(Number);
      const above = numbers.slice(0, -1).map((number, index, all) => (index === all.length - 1 ? number + 1 : number));
      return `>=${version} <${above.join('.')}`;
    })
    .filter(Boolean)
    .join(' ');
}

/** Line of a position in a text; starts at 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
