import { describe, expect, test } from 'vitest';
import { COMMENT_BUDGET, renderComment } from '../../src/report/comment.js';
import type { Plan } from '../../src/plan/model.js';
import type { TargetReport } from '../../src/report/model.js';
import { aChange, aDeployment, anOutcome, aPlan, aReport, aStack, planOf, RISKY_STACK } from './fixtures.js';
import { html, rowsUnder } from './parse.js';

const options = { summaryUrl: 'https://github.com/acme/shop/actions/runs/42' };
const comment = (...targets: TargetReport[]) => `\n${renderComment(aReport(...targets), options).markdown}`;

test('a plan: what could hurt first, then the stacks, then a fold for each', () => {
  const findings: Plan['findings'] = [{ check: 'cost', severity: 'warning', message: 'adds 40 USD', stack: 'webapp' }];
  expect(comment(planOf(aPlan({ stacks: [RISKY_STACK, aStack({ id: 'other' })], findings })))).toMatchInlineSnapshot(`
    "
    <!-- deploy-action:deploy -->

    ## Plan for \`production\`

    release \`webapp\` · version \`v1\` · tag \`v1.4.2\` · commit [\`0123456\`](https://github.com/acme/shop/commit/0123456789abcdef0123456789abcdef01234567) · [run](https://github.com/acme/shop/actions/runs/42)

    ### What could hurt

    | What, and where | Why, and before → after |
    | - | - |
    | **replace** <code>webapp/<wbr>Database/<wbr>Table/<wbr>Resource</code><br><code>AWS::<wbr>DynamoDB::<wbr>Table</code><br>in \`webapp\` | **data loss**: the table is created anew and its items are lost<br><code>KeySchema.<wbr>0.<wbr>AttributeName</code>: \`id\` → \`orderId\` |
    | **update** <code>webapp/<wbr>Api/<wbr>Handler/<wbr>ServiceRole/<wbr>DefaultPolicy/<wbr>Resource</code><br>\`AWS::IAM::Policy\`<br>in \`webapp\` | **access**: allows \`dynamodb:*\` on \`*\`<br><code>PolicyDocument.<wbr>Statement.<wbr>0.<wbr>Action</code>: <code>&#91;&#34;<wbr>dynamodb:<wbr>GetItem&#34;,&#34;<wbr>dynamodb:<wbr>Query&#34;&#93;</code> → \`dynamodb:*\` |

    ### Stacks

    | Stack | Risk | Changes |
    | - | - | - |
    | \`webapp\` | **data loss** | 1 to add, 1 to update, 1 to replace |

    ### Findings

    | Severity | Check | Message | Where |
    | - | - | - | - |
    | warning | \`cost\` | adds 40 USD | \`webapp\` |

    1 stack without changes. 1 asset hash folded.

    <details>
    <summary><code>webapp</code> 1 to add, 1 to update, 1 to replace · data loss · 1 asset hash folded</summary>

    \`\`\`diff
      webapp
    ~   Api/Handler/ServiceRole/DefaultPolicy/Resource AWS::IAM::Policy (update, risk: access)
            PolicyDocument.Statement.0.Action: ["dynamodb:GetItem","dynamodb:Query"] → dynamodb:*
    !   Database/Table/Resource AWS::DynamoDB::Table (replace, risk: data loss) at lib/database.ts:14
            KeySchema.0.AttributeName: id → orderId (forces replacement)
            UpdateReplacePolicy: Retain → Delete
    +   Jobs/Resource AWS::SQS::Queue (add)
    \`\`\`

    \`cdk diff\`:

    \`\`\`diff
    Stack webapp
    Resources
    [~] AWS::DynamoDB::Table Database/Table replace
     └─ [~] KeySchema (requires replacement)
    \`\`\`

    </details>
    "
  `);
});

test('no changes are one line', () => {
  const stack = aStack({ changes: [aChange({ noise: 'asset-hash' })] });
  expect(comment(planOf(aPlan({ stacks: [stack] })))).toMatchInlineSnapshot(`
    "
    <!-- deploy-action:deploy -->

    **No changes of infrastructure** for \`production\` · release \`webapp\` · version \`v1\` · tag \`v1.4.2\` · commit [\`0123456\`](https://github.com/acme/shop/commit/0123456789abcdef0123456789abcdef01234567) · [run](https://github.com/acme/shop/actions/runs/42) · 1 asset hash folded
    "
  `);
});

test('several environments: the same changes once, and who does not change', () => {
  const same = ['prototype', 'staging'].map((name) => planOf(aPlan({ stacks: [RISKY_STACK] }, name)));
  const markdown = comment(...same, planOf(aPlan({ stacks: [aStack()] }, 'production')));
  expect(markdown.split('<details>')[0]).toMatchInlineSnapshot(`
    "
    <!-- deploy-action:deploy -->

    ## Plan for \`prototype\`, \`staging\`, \`production\`

    release \`webapp\` · version \`v1\` · tag \`v1.4.2\` · commit [\`0123456\`](https://github.com/acme/shop/commit/0123456789abcdef0123456789abcdef01234567) · [run](https://github.com/acme/shop/actions/runs/42)

    ### What could hurt

    | What, and where | Why, and before → after |
    | - | - |
    | **replace** <code>webapp/<wbr>Database/<wbr>Table/<wbr>Resource</code><br><code>AWS::<wbr>DynamoDB::<wbr>Table</code><br>in \`prototype\`, \`staging\` · \`webapp\` | **data loss**: the table is created anew and its items are lost<br><code>KeySchema.<wbr>0.<wbr>AttributeName</code>: \`id\` → \`orderId\` |
    | **update** <code>webapp/<wbr>Api/<wbr>Handler/<wbr>ServiceRole/<wbr>DefaultPolicy/<wbr>Resource</code><br>\`AWS::IAM::Policy\`<br>in \`prototype\`, \`staging\` · \`webapp\` | **access**: allows \`dynamodb:*\` on \`*\`<br><code>PolicyDocument.<wbr>Statement.<wbr>0.<wbr>Action</code>: <code>&#91;&#34;<wbr>dynamodb:<wbr>GetItem&#34;,&#34;<wbr>dynamodb:<wbr>Query&#34;&#93;</code> → \`dynamodb:*\` |

    ### Stacks

    | Stack | Risk | Changes |
    | - | - | - |
    | \`prototype\`, \`staging\` · \`webapp\` | **data loss** | 1 to add, 1 to update, 1 to replace |

    No changes for \`production\`. 1 asset hash folded.

    "
  `);
});

test('six targets with the same changes: one section that names them all', () => {
  const six = ['dev', 'test', 'staging', 'eu', 'us', 'ap'].map((name) =>
    planOf(aPlan({ stacks: [RISKY_STACK] }, name)),
  );
  const all = '`dev`, `test`, `staging`, `eu`, `us`, `ap`';
  const alone = comment(...six);
  expect(alone).toContain(`## Plan for ${all}\n`);
  expect(alone).toContain(`The same changes for ${all}. 1 asset hash folded.`);
  expect([rowsUnder(html(alone), 'Stacks'), alone.match(/<details>/g)?.length]).toEqual([1, 1]);
  const other = planOf(aPlan({ stacks: [aStack({ id: 'other', changes: [aChange()] })] }, 'edge'));
  const among = comment(...six, other);
  expect(among).toContain('| `dev`, `test`, `staging` and 3 more · `webapp` | **data loss** |');
  expect(among).toContain(`The same changes for ${all}.`);
});

test('a deployment: what failed first, then every stack', () => {
  const outputs = { ApiUrl: 'https://api.acme.example/' };
  const failure = {
    logicalId: 'Table710B521B',
    type: 'AWS::DynamoDB::Table',
    reason: 'Resource handler returned message: "Table already exists: orders"',
    path: 'database/Table/Resource',
    source: 'lib/database.ts:14',
  };
  const stacks = [
    anOutcome({ id: 'network', result: 'unchanged', seconds: 2 }),
    anOutcome({ outputs }),
    anOutcome({ id: 'many', outputs: { A: '1', B: '2', C: '3', D: '4' } }),
    anOutcome({ id: 'database', result: 'failed', status: 'ROLLBACK_COMPLETE', failure }),
    anOutcome({ id: 'last', result: 'not-started', seconds: 0 }),
  ];
  expect(comment(aDeployment(stacks))).toMatchInlineSnapshot(`
    "
    <!-- deploy-action:deploy -->

    ## Failed deployment for \`production\`

    release \`webapp\` · version \`v1\` · commit [\`0123456\`](https://github.com/acme/shop/commit/0123456789abcdef0123456789abcdef01234567) · [run](https://github.com/acme/shop/actions/runs/42)

    ### What failed

    \`database/Table/Resource\` (\`AWS::DynamoDB::Table\`) in \`database\` failed at \`lib/database.ts:14\`:

    \`\`\`text
    Resource handler returned message: "Table already exists: orders"
    \`\`\`

    ### Deployment

    | Stack | Result | Duration | Outputs |
    | - | - | - | - |
    | \`network\` | unchanged | 2 s | |
    | \`webapp\` | updated | 1 min 15 s | \`ApiUrl\`: \`https://api.acme.example/\` |
    | \`many\` | updated | 1 min 15 s | 4, below |
    | \`database\` | **failed** \`ROLLBACK_COMPLETE\` | 1 min 15 s | |
    | \`last\` | not started | 0 s | |

    <details>
    <summary><code>many</code> 4 outputs</summary>

    | Output | Value |
    | - | - |
    | \`A\` | \`1\` |
    | \`B\` | \`2\` |
    | \`C\` | \`3\` |
    | \`D\` | \`4\` |

    </details>
    "
  `);
});

test('a failure: the command and its cause', () => {
  const target = { environment: 'production', release: 'webapp', version: 'v1', region: 'eu-west-1' };
  const cause = 'Error: can not find prototype/v1/conf.mustache\n  ```';
  expect(comment({ kind: 'failure', target, command: 'diff', cause })).toMatchInlineSnapshot(`
    "
    <!-- deploy-action:deploy -->

    ## Failure for \`production\`

    release \`webapp\` · version \`v1\` · commit [\`0123456\`](https://github.com/acme/shop/commit/0123456789abcdef0123456789abcdef01234567) · [run](https://github.com/acme/shop/actions/runs/42)

    ### What failed

    \`diff\` failed:

    \`\`\`\`text
    Error: can not find prototype/v1/conf.mustache
      \`\`\`
    \`\`\`\`
    "
  `);
});

test('a failure before there was a target', () => {
  const target = { environment: '', release: '', version: '', region: '' };
  expect(comment({ kind: 'failure', target, command: 'resolve', cause: 'no such environment' }).split('\n')[3]).toBe(
    '## Failure',
  );
});

test('the words of the workflow’s author stand first and last', () => {
  const report = aReport(planOf(aPlan()));
  const own = renderComment(report, { ...options, header: '# Acme', footer: 'Ask *platform*.' });
  expect(own.markdown.split('\n\n').slice(1)[0]).toBe('# Acme');
  expect(own.markdown.endsWith('\n\nAsk *platform*.\n')).toBe(true);
  const long = renderComment(report, { ...options, header: 'x'.repeat(5_000) });
  expect(long.dropped).toEqual(['header of more than 4096 bytes']);
  expect(long.markdown).not.toContain('xxx');
});

describe('the limit', { timeout: 60_000 }, () => {
  const changes = Array.from({ length: 300 }, (_, index) =>
    aChange({ logicalId: `R${index}`, path: `webapp/R${index}`, action: 'replace', risk: 'data-loss' }),
  );
  const text = 'ä€😀'.repeat(20_000);

  test('is kept in bytes; what is left out is named, with the place where it is', () => {
    const risky = aStack({ id: 'risky', risk: 'data-loss', changes, text: 'short' });
    const dull = aStack({ id: 'dull', risk: 'update', changes: [aChange()], text });
    const { markdown, dropped } = renderComment(aReport(planOf(aPlan({ stacks: [dull, risky] }))), options);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(COMMENT_BUDGET);
    expect(dropped).toContain('cdk diff of dull');
    expect(markdown).toContain(
      'Left out for want of room: `cdk diff of dull`, in the [job summary](https://github.com/acme/shop/actions/runs/42).',
    );
    expect(rowsUnder(html(markdown), 'What could hurt')).toBe(300);
  });

  test('leaves an exact count when not even the tables fit', () => {
    const stacks = Array.from({ length: 4_000 }, (_, index) =>
      aStack({ id: `stack${index}`, changes: changes.slice(0, 1) }),
    );
    const page = html(renderComment(aReport(planOf(aPlan({ stacks }))), options).markdown);
    const beyond = [...page.matchAll(/… and ([\d,]+) more (?:of what|stacks)/g)].map(([, count]) =>
      Number(count!.replace(',', '')),
    );
    expect(beyond.map((count, index) => count + rowsUnder(page, ['What could hurt', 'Stacks'][index]!))).toEqual([
      4_000, 4_000,
    ]);
  });
});
