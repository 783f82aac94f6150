import type { Clock, Session } from '../ports.js';

/** A session with less left than this is renewed: the SDK behind the CLI takes one for expired 5 minutes early. */
const LEAST_SECONDS = 360;

/**
 * Keeps one session and makes a new one before it expires. Whoever asks at the same time gets the same one.
 */
export function renewing(take: () => Promise<Session>, clock: Clock): () => Promise<Session> {
  let current: Promise<{ readonly session: Session; readonly takenAt: Date }> | undefined;
  const renew = async (): Promise<{ readonly session: Session; readonly takenAt: Date }> => ({
    takenAt: clock.now(),
    session: await take(),
  });
  return async () => {
    current ??= renew();
    const waiting = current;
    try {
      const { session, takenAt } = await waiting;
      if (isFresh(session, takenAt, clock.now())) return session;
    } catch (error) {
      if (current === waiting) current = undefined;
      throw error;
    }
    if (current === waiting) current = renew();
    return (await current).session;
  };
}

/** A short session would never be fresh by the fixed margin, so half of its life counts there. */
function isFresh({ expiration }: Session, takenAt: Date, now: Date): boolean {
  if (expiration === undefined) return true;
  const margin = Math.min(LEAST_SECONDS * 1000, (expiration.getTime() - takenAt.getTime()) / 2);
  return expiration.getTime() - now.getTime() > margin;
}
