import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffByStack, firstCause, forLog, plain } from '../../src/cdk/output.js';

const ESC = '\u001b';
const red = (text: string): string => `${ESC}[1;31m${text}${ESC}[m`;
const text = (...lines: string[]): string => lines.join('\n');

describe('diffByStack', () => {
  const names = new Map([
    ['data', 'data'],
    ['data (fff-data)', 'data'],
    ['web (fff-web)', 'web'],
    ['Prod/Api (Prod-Api)', 'ProdApi'],
    ['notes.v1 (fff-notes)', 'notes.v1'],
  ]);
  const parts = (...lines: string[]) => Object.fromEntries(diffByStack(text(...lines), names));
  const QUEUE = '[+] AWS::SQS::Queue Q Q63C6E3AB';

  test('stacks whose CloudFormation name differs, and one in a stage', () => {
    expect(
      parts(
        'Stack data (aws://111122223333/us-west-2)',
        'Resources',
        QUEUE,
        '',
        'Stack web (fff-web) (aws://unknown-account/unknown-region)',
        'There were no differences',
        '',
        'Stack Prod/Api (Prod-Api)',
        'Outputs',
        '',
        '✨  Number of stacks with differences: 2',
        '',
      ),
    ).toEqual({ data: `Resources\n${QUEUE}`, web: 'There were no differences', ProdApi: 'Outputs' });
  });

  test('nested stacks stay with their parent, new ones and those that are there', () => {
    expect(
      parts(
        'Stack data (fff-data) (aws://111122223333/us-west-2)',
        'Resources',
        '[~] AWS::CloudFormation::Stack Mid Mid1',
        '',
        'Stack Mid1',
        QUEUE,
        '',
        'Stack fff-data-Mid1-92b813ea-18a-Leaf-cfdc6b48-178',
        'There were no differences',
        '',
        'Stack web (fff-web) (aws://111122223333/us-west-2)',
        'Resources',
      ),
    ).toEqual({
      data: text(
        'Resources',
        '[~] AWS::CloudFormation::Stack Mid Mid1',
        '',
        'Stack Mid1',
        QUEUE,
        '',
        'Stack fff-data-Mid1-92b813ea-18a-Leaf-cfdc6b48-178',
        'There were no differences',
      ),
      web: 'Resources',
    });
  });

  test('progress for the next stack does not land in the one before', () => {
    const progress = (name: string): string[] => [
      `start: Building ${name} Template`,
      `success: Built ${name} Template`,
      `start: Publishing ${name} Template (111122223333-us-west-2-1)`,
      `success: Published ${name} Template (111122223333-us-west-2-1)`,
      'Hold on while we create a read-only change set to get a diff with accurate replacement information',
      'Could not create a change set, will base the diff on template differences (run again with -v to see the reason)',
    ];
    expect(
      parts(
        ...progress('data'),
        'Stack data (aws://1/a)',
        QUEUE,
        '',
        ...progress('web'),
        'Stack web (fff-web)',
        QUEUE,
        '✨  Synthesis time: 4.1s',
      ),
    ).toEqual({ data: QUEUE, web: QUEUE });
  });

  test('noise of Maven before, colours between, and line ends of Windows', () => {
    expect(
      parts(
        `${ESC}[0m[INFO] notes: reading context\r`,
        '[INFO] {"not": "ours"}\r',
        `${ESC}[0mStack ${ESC}[1mnotes.v1 (fff-notes)${ESC}[22m (aws://111122223333/us-west-2)\r`,
        `${ESC}[32m[+]${ESC}[39m AWS::SQS::Queue Q Q63C6E3AB\r`,
      ),
    ).toEqual({ 'notes.v1': QUEUE });
  });

  test('a line that only looks like a stack', () => {
    expect(parts('Stack none (aws://1/a)', 'x', 'Stack data', 'Stack overflow', ' Stack web (fff-web)')).toEqual({
      data: 'Stack overflow\n Stack web (fff-web)',
    });
  });

  test('nothing at all', () => {
    expect(parts('')).toEqual({});
  });
});

describe('firstCause', () => {
  const GOAL = 'Failed to execute goal org.codehaus.mojo:exec-maven-plugin:3.5.0:java (default-cli) on project notes: ';
  const RAN = 'An exception occurred while executing the Java class. ';
  /** What Maven prints of a Java program that died, with `-e`. */
  const maven = (cause: string, type = 'java.lang.IllegalStateException'): string =>
    text(
      `${ESC}[0m${ESC}[1m[INFO]${ESC}[m notes: reading context${ESC}[0m`,
      `[${red('ERROR')}] ${GOAL}${red(`${RAN}${cause}`)} -> ${ESC}[1m[Help 1]${ESC}[m`,
      `${red('org.apache.maven.lifecycle.LifecycleExecutionException')}: ${GOAL}${RAN}${cause}`,
      '    at org.apache.maven.lifecycle.internal.MojoExecutor.doExecute2 (MojoExecutor.java:375)',
      `${red('Caused by')}: org.apache.maven.plugin.MojoExecutionException: ${red(`${RAN}${cause}`)}`,
      '    at org.codehaus.mojo.exec.ExecJavaMojo.execute (ExecJavaMojo.java:353)',
      '    ... 20 more',
      `${red('Caused by')}: ${type}: ${red(cause)}`,
      '    at jdk.internal.reflect.NativeMethodAccessorImpl.invoke0 (Native Method)',
      '[ERROR] ',
      '[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.',
      '[ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/MojoExecutionException',
    );
  const SUBPROCESS = `${ESC}[0mmvn -e -q compile exec:java: Subprocess exited with error 1`;
  const CLASS =
    'org/example/App has been compiled by a more recent version of the Java Runtime (class file version 65.0), ' +
    'this version of the Java Runtime only recognizes class file versions up to 61.0';

  test.each([
    [
      'Maven: a template that is missing',
      maven('can not find prototype/v1/conf.mustache'),
      SUBPROCESS,
      'can not find prototype/v1/conf.mustache',
    ],
    [
      'Maven: a context key that is missing, through jsii',
      text(
        maven('Error: No context value present for host:id key', 'software.amazon.jsii.JsiiError'),
        '@jsii/kernel.RuntimeError: Error: No context value present for host:id key',
        '    at Kernel.invoke (/tmp/lib/program.js:1:55595)',
      ),
      SUBPROCESS,
      'No context value present for host:id key',
    ],
    ['Maven: an older Java', maven(CLASS, 'java.lang.UnsupportedClassVersionError'), SUBPROCESS, CLASS],
    [
      'Maven: without -e',
      text(
        `[ERROR] ${GOAL}${RAN}no such file -> [Help 1]`,
        '[ERROR] ',
        '[ERROR] For more information about the errors',
      ),
      SUBPROCESS,
      'no such file',
    ],
    [
      'Maven: a compiler',
      text(
        '[ERROR] COMPILATION ERROR : ',
        '[ERROR] /a/App.java:[3,1] class expected',
        '[ERROR] /a/App.java:[4,1] another',
        `[ERROR] ${GOAL}Compilation failure`,
        'Caused by: org.apache.maven.plugin.compiler.CompilationFailureException: Compilation failure',
      ),
      SUBPROCESS,
      '/a/App.java:[3,1] class expected',
    ],
    [
      'Java by itself',
      '',
      text(
        'Exception in thread "main" java.lang.IllegalArgumentException: no account',
        '\tat org.example.App.main(App.java:7)',
        'gradle run: Subprocess exited with error 1',
      ),
      'no account',
    ],
    [
      'Python',
      '',
      text(
        'Traceback (most recent call last):',
        '  File "/app/app.py", line 9, in <module>',
        '    Stack(app, "Stack")',
        '    ^^^^^^^^^^^^^^^^^^^',
        "KeyError: 'BUCKET'",
        'python3 app.py: Subprocess exited with error 1',
      ),
      "KeyError: 'BUCKET'",
    ],
    [
      'Python, through jsii',
      '',
      text(
        'jsii.errors.JavaScriptError: ',
        '  @jsii/kernel.RuntimeError: Error: No context value present for deployment:id key',
        '      at Kernel.invoke (/tmp/lib/program.js:1:55858)',
        'The above exception was the direct cause of the following exception:',
        'Traceback (most recent call last):',
        '  File "/app/app.py", line 9, in <module>',
        'RuntimeError: Error: No context value present for deployment:id key',
        'python3 app.py: Subprocess exited with error 1',
      ),
      'No context value present for deployment:id key',
    ],
    [
      'Node',
      '',
      text(
        '/app/lib/stack.ts:9',
        "    throw new Error('no such bucket: set BUCKET');",
        '          ^',
        'Error: no such bucket: set BUCKET',
        '    at new Stack (/app/lib/stack.ts:9:36)',
        '    at /app/bin/app.ts:6:1',
        'node:internal/process/promises:394',
        'Node.js v24.21.0',
        'npx tsx bin/app.ts: Subprocess exited with error 1',
      ),
      'no such bucket: set BUCKET',
    ],
    [
      'tsc',
      text(
        `${ESC}[96mlib/stack.ts${ESC}[0m:${ESC}[93m12${ESC}[0m:${ESC}[93m35${ESC}[0m - ${ESC}[91merror${ESC}[0m TS2339: Property 'nope' does not exist.`,
        '',
        '12       visibilityTimeout: Duration.nope(300)',
        '                                     ~~~~',
        'Found 1 error in lib/stack.ts:12',
      ),
      'npx tsc: Subprocess exited with error 2',
      "lib/stack.ts:12:35 - error TS2339: Property 'nope' does not exist.",
    ],
    [
      'ts-node',
      '',
      text(
        'TSError: ⨯ Unable to compile TypeScript:',
        "lib/stack.ts(12,35): error TS2339: Property 'nope' does not exist.",
        '    at createTSError (/app/node_modules/ts-node/src/index.ts:859:12)',
      ),
      "lib/stack.ts(12,35): error TS2339: Property 'nope' does not exist.",
    ],
    [
      'a schema that the CLI does not read',
      '',
      text(
        'This CDK CLI is not compatible with the CDK library used by your application. Please upgrade the CLI to the latest version.',
        '(Cloud assembly schema version mismatch: Maximum schema version supported is 55.x.x, but found 56.0.0. You need at least CLI version 2.1148.2 to read this manifest.)',
      ),
      'Maximum schema version supported is 55.x.x, but found 56.0.0. You need at least CLI version 2.1148.2 to read this manifest.',
    ],
    [
      'an account that is not bootstrapped',
      'start: Building web Template',
      text(
        'WARNING No cross-stack-reference strength configured',
        'web: SSM parameter /cdk-bootstrap/x/version not found. Has the environment been bootstrapped?',
        '‣ SsmParameterNotFound: SSM parameter /cdk-bootstrap/x/version not found. Has the environment been bootstrapped?',
        '‣ ParameterNotFound: Parameter /cdk-bootstrap/x/version not found',
      ),
      'SSM parameter /cdk-bootstrap/x/version not found. Has the environment been bootstrapped?',
    ],
    [
      'a deployment',
      'Failed resources:',
      text(
        '❌  fff-web failed to deploy',
        '‣ DeploymentError: Resource updates failed:',
        'web/B2/Resource  (AWS::S3::Bucket B2E63A1792)',
        '  clash-bucket-name already exists',
        'Source Location: ...new Bucket2 in aws-cdk-lib...',
      ),
      'Resource updates failed: web/B2/Resource (AWS::S3::Bucket B2E63A1792): clash-bucket-name already exists',
    ],
    [
      'a deployment that says no more',
      '',
      text('‣ DeploymentError: Resource updates failed:', 'web/B2'),
      'Resource updates failed: web/B2',
    ],
    ['a deployment that ends there', '', '‣ DeploymentError: Resource updates failed:', 'Resource updates failed:'],
    [
      'a look-up without credentials',
      '',
      text(
        `${ESC}[0m/tmp/jsii/lib/program.js:1:62551`,
        'ERROR Need to perform AWS calls for account 111122223333, but no credentials have been configured',
        '   notes.v1/Network',
        'Synthesis finished with errors',
      ),
      'Need to perform AWS calls for account 111122223333, but no credentials have been configured',
    ],
    [
      'a build that is an object',
      '',
      'The "file" argument must be of type string. Received an instance of Object',
      'The "file" argument must be of type string. Received an instance of Object',
    ],
    [
      'npm: a version that is not there',
      '',
      text(
        'npm error code ETARGET',
        'npm error notarget No matching version found for aws-cdk@2.0.999.',
        'npm error A complete log of this run can be found in: /home/x/.npm/_logs/1.log',
      ),
      'No matching version found for aws-cdk@2.0.999.',
    ],
    [
      'npm: a package that is not there',
      '',
      text(
        'npm ERR! code E404',
        'npm ERR! 404 Not Found - GET https://example.com/aws-cdk - Not found',
        'npm ERR! 404 ',
      ),
      'Not Found - GET https://example.com/aws-cdk - Not found',
    ],
    ['a program that says only that it failed', 'last words', 'x: Subprocess exited with error 1', 'last words'],
    ['silence', '\n', '', 'it said nothing'],
  ])('%s', (_, stdout, stderr, cause) => {
    expect(firstCause(stdout, stderr)).toBe(cause);
  });

  test('is one line of what was said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (stdout, stderr) => {
        expect(firstCause(stdout, stderr)).toMatch(/^[^\n]+$/);
      }),
    );
  });
});

test('the default of a parameter that is not to be echoed is in no line', () => {
  const line =
    '[~] Parameter Pin Pin: {"Type":"String","NoEcho":true,"Default":"a\\"b"} to {"NoEcho":"true","Default":"c"}';
  const shown =
    '[~] Parameter Pin Pin: {"Type":"String","NoEcho":true,"Default":"***"} to {"NoEcho":"true","Default":"***"}';
  expect(forLog(line)).toBe(shown);
  expect(diffByStack(`Stack web\n${line}`, new Map([['web', 'web']])).get('web')).toBe(shown);
  expect(forLog('[+] Parameter Size Size: {"Default":"small"}')).toContain('small');
});

describe('forLog', () => {
  test.each([
    ['[INFO] plain', '[INFO] plain'],
    [`${red('red')}\r`, 'red'],
    ['a::b', 'a::b'],
    ['::set-env name=PATH::x', ': :set-env name=PATH::x'],
    ['  ::add-mask::x', '  : :add-mask::x'],
    ['\u0085::add-path::x', '\u0085: :add-path::x'],
    ['\ufeff\u00a0::add-path::x', '\ufeff\u00a0: :add-path::x'],
    [`${ESC}[0m::error::x`, ': :error::x'],
    [':\r:error::x', ': :error::x'],
    [':::error::x', ': ::error::x'],
    ['##[add-path]x', '# #[add-path]x'],
    ['text ##[group]x', 'text # #[group]x'],
    [`#${ESC}[0m#[x]`, '# #[x]'],
  ])('%j becomes %j', (line, expected) => {
    expect(forLog(line)).toBe(expected);
  });

  test('leaves nothing that the runner takes for a command', () => {
    const pieces = fc.constantFrom(':', '::', '#', '##[', '[', ' ', '\t', '\r', '\u0085', '\u00a0', 'x', `${ESC}[0m`);
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const line = forLog(parts.join(''));
        expect(line).not.toMatch(/^[\s\u0085]*::/);
        expect(line).not.toContain('##[');
      }),
      { numRuns: 1000 },
    );
  });
});

test('plain', () => {
  expect(plain(`${ESC}[0m${red('[ERROR]')} ${ESC}]8;;https://a\u0007link${ESC}]8;;\u0007`)).toBe('[ERROR] link');
});
