import type { Place } from '../place.js';
import type { Ports } from '../ports.js';

/** What a command has beside its inputs. */
export interface Context {
  readonly ports: Ports;
  readonly place: Place;
  /** The environment of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The event's payload, as GitHub sent it. */
  readonly payload: unknown;
}
