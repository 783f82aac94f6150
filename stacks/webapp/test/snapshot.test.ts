import { maskAssets, templatesOf } from '@fastish/stack-kit/testing';
import { describe, expect, test } from 'vitest';
import { TARGETS, webappOf } from './webapp-app.js';

describe.each(TARGETS)('$environment $version', (target) => {
  test('templates are as reviewed', () => {
    expect(maskAssets(templatesOf(webappOf(target).app))).toMatchSnapshot();
  });

  test('synthesis is deterministic', () => {
    expect(templatesOf(webappOf(target).app)).toEqual(templatesOf(webappOf(target).app));
  });
});
