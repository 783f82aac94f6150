import { isObject } from './json.js';

/**
 * Whether CloudFormation takes two values for the same. It hands every scalar on as a string, so `10` is `"10"` and
 * `true` is `"true"`; `"1.10"` is not `"1.1"`, an account `"012345678901"` is not `"12345678901"`.
 */
export function same(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, index) => same(item, right[index]));
  }
  if (isObject(left) || isObject(right)) {
    if (!isObject(left) || !isObject(right)) return false;
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]))
    );
  }
  if (left === undefined || right === undefined || left === null || right === null) return false;
  return scalarText(left) === scalarText(right);
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
