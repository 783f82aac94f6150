import { orderless } from './access/policy.js';
import { canonicalJson } from './canonical.js';
import { byText, fromEntries, isObject } from './json.js';
import { UNORDERED } from './noise.js';

/**
 * A value as it is when nothing in it has an order that means nothing: an app that writes a list of tags or the
 * statements of a policy in another order with every synthesis plans the same each time.
 *
 * @param name of the property that holds the value
 */
export function settled(value: unknown, name: string): unknown {
  const policy = orderless(value);
  if (policy !== undefined) return policy;
  if (Array.isArray(value)) {
    const items = value.map((item) => settled(item, ''));
    return UNORDERED.has(name) ? items.sort((left, right) => byText(canonicalJson(left), canonicalJson(right))) : items;
  }
  if (!isObject(value)) return value;
  return fromEntries(Object.entries(value).map(([key, member]) => [key, settled(member, key)]));
}
