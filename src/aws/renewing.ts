import type { Clock, Session } from '../ports.js';

/** A session with less left than this is renewed: the SDK behind the CLI takes one for expired 5 minutes early. */
const LEAST_SECONDS = 360;

/**
 * Keeps one session and makes a new one before it expires. Whoever asks at the same time gets the same one.
 */
export function renewing(take: () => Promise<Session>, clock: Clock): () => Promise<Session> {
  let current: Promise<Taken> | undefined;
  const renew = async (): Promise<Taken> => ({ takenAt: clock.now(), session: await take() });
  /** The one that is there or on its way. One that could not be had is forgotten, so that the next asker tries anew. */
  const get = async (): Promise<Taken> => {
    current ??= renew();
    const waiting = current;
    try {
      return await waiting;
    } catch (error) {
      if (current === waiting) current = undefined;
      throw error;
    }
  };
  return async () => {
    const old = current;
    const { session, takenAt } = await get();
    if (isFresh(session, takenAt, clock.now())) return session;
    // Whoever saw the old one first has it renewed; one that is taken just now is as good as it gets.
    if (current === old) current = undefined;
    return (await get()).session;
  };
}

interface Taken {
  readonly session: Session;
  readonly takenAt: Date;
}

/** A short session would never be fresh by the fixed margin, so half of its life counts there. */
function isFresh({ expiration }: Session, takenAt: Date, now: Date): boolean {
  if (expiration === undefined) return true;
  const margin = Math.min(LEAST_SECONDS * 1000, (expiration.getTime() - takenAt.getTime()) / 2);
  return expiration.getTime() - now.getTime() > margin;
}
