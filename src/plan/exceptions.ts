import type { Trip } from './gates.js';
import type { Lifted } from './model.js';

/** Changes that pass whatever the gates say. */
export interface Listed {
  /** Resource types. */
  readonly types: readonly string[];
  /** Logical ids or construct paths; `<stack id>/` in front of a logical id is for one stack alone. */
  readonly ids: readonly string[];
}

export interface Sifted {
  /** What still stops the run, in the order of the plan. */
  readonly trips: readonly Trip[];
  readonly lifted: readonly Lifted[];
}

/** Takes out what is listed as an exception. A type is told before an id. */
export function sift(trips: readonly Trip[], { types, ids }: Listed): Sifted {
  const decided = trips.map((trip) => ({ trip, exception: exceptionFor(trip, types, ids) }));
  return {
    trips: decided.filter(({ exception }) => exception === undefined).map(({ trip }) => trip),
    lifted: grouped(decided.flatMap(({ trip, exception }) => (exception === undefined ? [] : [{ trip, exception }]))),
  };
}

/** Everything that a label lets pass. */
export function liftAll(trips: readonly Trip[], label: string, by: string): readonly Lifted[] {
  const exception = { kind: 'label', value: label } as const;
  return grouped(trips.map((trip) => ({ trip, exception }))).map((lifted) => ({ ...lifted, by }));
}

type Exception = Lifted['exception'];

function exceptionFor(
  { stack, change }: Trip,
  types: readonly string[],
  ids: readonly string[],
): Exception | undefined {
  const { type, logicalId, path } = change;
  if (type !== undefined && types.includes(type)) return { kind: 'type', value: type };
  // The CDK ends the path of a construct's own resource in `/Resource`, which nobody would write down.
  const names = [
    logicalId,
    `${stack.id}/${logicalId}`,
    ...(path === undefined ? [] : [path, path.replace(/\/Resource$/, '')]),
  ];
  const id = ids.find((candidate) => names.includes(candidate));
  return id === undefined ? undefined : { kind: 'id', value: id };
}

function grouped(all: readonly { readonly trip: Trip; readonly exception: Exception }[]): readonly Lifted[] {
  const groups = new Map<string, { gate: string; exception: Exception; changes: string[] }>();
  for (const { trip, exception } of all) {
    const key = JSON.stringify([trip.gate, exception]);
    const group = groups.get(key) ?? { gate: trip.gate, exception, changes: [] };
    group.changes.push(trip.text);
    groups.set(key, group);
  }
  return [...groups.values()];
}
