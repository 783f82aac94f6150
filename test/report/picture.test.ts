import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StackPlan } from '../../src/plan/model.js';
import { groupPlans } from '../../src/report/groups.js';
import { pictures } from '../../src/report/picture.js';
import { renderSummary } from '../../src/report/summary.js';
import { aChange, aPlan, aReport, aStack, planOf, RISKY_STACK } from './fixtures.js';
import { hostileReport } from './hostile.js';
import { html } from './parse.js';

const draw = (...stacks: StackPlan[]) => pictures(groupPlans(aReport(planOf(aPlan({ stacks })))));
const ADDS = { add: 1, update: 0, replace: 0, delete: 0, import: 0 };
const DELETES = { add: 0, update: 0, replace: 0, delete: 1, import: 0 };

describe('the picture', () => {
  test('has waves, what goes before what, what is nested, and says what is destroyed', () => {
    const network = aStack({ id: 'network', counts: ADDS, changes: [aChange({ action: 'add' })] });
    const nested = aStack({ id: 'webapp/Api', wave: 2, parent: 'webapp', displayName: 'webapp/Api' });
    const after = aStack({ id: 'alarms', wave: 3, dependsOn: ['webapp', 'elsewhere', 'webapp'] });
    expect(draw(network, { ...RISKY_STACK, wave: 2, dependsOn: ['network'] }, nested, after)).toBe(
      `### Order of deployment

\`\`\`mermaid
flowchart TD
  subgraph w1["Wave 1"]
    s1["network<br/>1 add"]
  end
  subgraph w2["Wave 2"]
    s2["webapp<br/>1 add, 1 update, 1 replace<br/>risk: data loss<br/>replace webapp#47;Database#47;Table#47;Resource"]
    s3["webapp#47;Api<br/>no changes"]
  end
  subgraph w3["Wave 3"]
    s4["alarms<br/>no changes"]
  end
  s1 --> s2
  s2 -.- s3
  s2 -->|"replaces or deletes"| s4
\`\`\``,
    );
  });

  test.each([
    ['one stack that destroys nothing', [aStack({ changes: [aChange()], counts: ADDS })], false],
    ['one stack that destroys', [RISKY_STACK], true],
    ['two stacks', [aStack({ changes: [aChange()] }), aStack({ id: 'b' })], true],
    ['two stacks without changes', [aStack(), aStack({ id: 'b' })], false],
  ])('of %s: %j', (_, stacks, expected) => {
    expect(draw(...stacks) !== '').toBe(expected);
  });

  test('is in the summary, of each plan that differs', () => {
    const stacks = [RISKY_STACK, aStack({ id: 'b' })];
    const report = aReport(planOf(aPlan({ stacks })), planOf(aPlan({ stacks, fingerprint: 'sha256:1' }, 'prototype')));
    const { markdown } = renderSummary(report);
    expect(markdown.match(/^```mermaid$/gm)).toHaveLength(2);
    expect(markdown).toContain('`production`:\n\n```mermaid');
  });

  test('is left out where there is no room, and that is said', () => {
    const report = aReport(planOf(aPlan({ stacks: [RISKY_STACK] })));
    const { markdown, dropped } = renderSummary(report, { budget: 2_000 });
    expect(dropped).toContain('the picture');
    expect(markdown).not.toContain('mermaid');
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(2_000);
  });

  test('of more plans than anybody looks at is of three', () => {
    const plans = Array.from({ length: 5 }, (_, index) =>
      planOf(aPlan({ stacks: [RISKY_STACK], fingerprint: `sha256:${index}` }, `env${index}`)),
    );
    const drawn = pictures(groupPlans(aReport(...plans)));
    expect(drawn.match(/```mermaid/g)).toHaveLength(3);
    expect(drawn).toContain('2 more plans without a picture.');
  });
});

describe('of many stacks', () => {
  const many = (of: (index: number) => Partial<StackPlan>, count = 120) =>
    Array.from({ length: count }, (_, index) => aStack({ id: `s-${index}`, ...of(index) }));
  const names = (drawn: string) => [...drawn.matchAll(/\["s#45;(\d+)/g)].map(([, name]) => Number(name));

  test('those that destroy are shown with their neighbours, and the rest is counted', () => {
    const stacks = many((index) => ({
      counts: index === 100 ? DELETES : ADDS,
      dependsOn: index === 100 ? ['s-7'] : index === 110 ? ['s-100'] : [],
      ...(index === 111 ? { parent: 's-100' } : {}),
    }));
    const drawn = draw(...stacks);
    expect(names(drawn)).toEqual([7, 100, 110, 111]);
    expect(drawn).toContain('… and 116 more stacks that found no room in the picture.');
  });

  test('those that lose data come before neighbours', () => {
    const stacks = many((index) => (index < 60 ? { dependsOn: ['s-119'] } : { risk: 'data-loss', counts: ADDS }));
    expect(names(draw(...stacks))).toEqual(Array.from({ length: 50 }, (_, index) => index + 60));
  });

  test('without any, those that change', () => {
    expect(names(draw(...many((index) => (index > 90 ? { counts: ADDS } : {}))))).toEqual(
      Array.from({ length: 29 }, (_, index) => index + 91),
    );
  });

  test('arrows beyond what Mermaid takes are counted', () => {
    const stacks = many(
      (index) => ({ counts: ADDS, dependsOn: Array.from({ length: index }, (_, to) => `s-${to}`) }),
      50,
    );
    const drawn = draw(...stacks);
    expect(drawn.match(/ --> /g)).toHaveLength(200);
    expect(drawn).toContain('… and 1,025 more arrows that found no room');
  });

  test('the drawing stays shorter than Mermaid takes', () => {
    // Each of these takes seven characters in a label.
    const name = '\uFE19'.repeat(60);
    const changes = [1, 2, 3].map(() => aChange({ action: 'delete', path: name }));
    const dependsOn = Array.from({ length: 9 }, (_, index) => `${name}${index}`);
    const of = (index: number) => ({ id: `${name}${index}`, displayName: name, counts: DELETES, changes, dependsOn });
    const drawn = draw(...many(of, 50));
    expect(drawn.length).toBeLessThan(50_000);
    expect([drawn.includes('["#65049;'), drawn.includes('delete #65049;')]).toEqual([true, false]);
  });
});

/** The part of Mermaid's grammar that is written: nothing foreign stands outside of quotes, and no quote within. */
const LABEL = String.raw`"(?:[\p{L}\p{M}\p{N} _,:]|#\d+;|<br/>)+"`;
const LINES = [
  /^flowchart TD$/,
  new RegExp(String.raw`^ {2}subgraph w\d+\["Wave \d+"\]$`, 'u'),
  new RegExp(String.raw`^ {4}s\d+\[${LABEL}\]$`, 'u'),
  /^ {2}end$/,
  /^ {2}s\d+ (?:-->|-\.-|-->\|"replaces or deletes"\|) s\d+$/,
];

test('whatever stacks are called, every drawing is of the part of the grammar that is known to be safe', () => {
  fc.assert(
    fc.property(hostileReport(200), fc.nat(3), (report, seed) => {
      const targets = report.targets.map((target) => {
        if (target.kind !== 'plan') return target;
        const { stacks } = target.plan;
        const linked = stacks.map((stack, index) => ({
          ...stack,
          wave: 1 + (index % (seed + 1)),
          dependsOn: stacks.slice(0, (index * seed) % 4).map(({ id }) => id),
        }));
        return { ...target, plan: { ...target.plan, stacks: linked } };
      });
      const drawn = pictures(groupPlans({ ...report, targets }));
      const fences = [...drawn.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map(([, text]) => text!.trimEnd());
      expect(html(drawn).match(/<code class="language-mermaid">/g) ?? []).toHaveLength(fences.length);
      for (const text of fences) {
        const lines = text.split('\n');
        expect(lines.filter((line) => !LINES.some((allowed) => allowed.test(line)))).toEqual([]);
        const boxes = new Set(lines.flatMap((line) => /^ {4}(s\d+)\[/.exec(line)?.[1] ?? []));
        expect(boxes.size).toBeLessThanOrEqual(50);
        const ends = lines.flatMap((line) => [...(/^ {2}(s\d+) \S.* (s\d+)$/.exec(line) ?? [])].slice(1));
        expect(ends.filter((end) => !boxes.has(end))).toEqual([]);
        expect(lines.filter((line) => line === '  end')).toHaveLength(
          lines.filter((line) => line.startsWith('  subgraph')).length,
        );
      }
    }),
    { endOnFailure: true },
  );
});
