import { textOf, type Place } from '../intrinsic.js';
import { at, listOf } from '../json.js';
import type { Reason } from '../model.js';
import type { Resource } from '../template.js';
import { DOORS, MEMBERS, SWITCHES } from './switches.js';

/** Why a resource lets in more than before, by what it is set to. */
export function exposed(before: Resource | undefined, after: Resource, place: Place): readonly Reason[] {
  const reasons: string[] = [];
  for (const { type, path, open, always, text } of SWITCHES) {
    if (type !== after.type || !open(at(after.properties, path), after)) continue;
    const wasOpen = before !== undefined && open(at(before.properties, path), before);
    if (!wasOpen && (before !== undefined || always === true)) reasons.push(text);
  }
  for (const { type, property, text } of MEMBERS) {
    if (type !== after.type) continue;
    const known = listOf(before?.properties[property]).map((member) => textOf(member, place));
    const fresh = listOf(after.properties[property]).map((member) => textOf(member, place));
    reasons.push(...fresh.filter((member) => !known.includes(member)).map((member) => `${text} ${member}`));
  }
  const door = DOORS[after.type];
  if (door !== undefined && before === undefined) reasons.push(door.text);
  return reasons.map((text) => ({ risk: 'access', text }));
}
