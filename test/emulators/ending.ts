type Cleanup = () => void | Promise<void>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const cleanups = new Set<Cleanup>();

/**
 * Cleans up when this process is told to end, and lets it end then, as the signal wants, unless someone else listens to
 * the signal.
 * @returns takes the clean-up back
 */
export function whenEnding(cleanup: Cleanup): () => void {
  if (cleanups.size === 0) for (const signal of SIGNALS) process.on(signal, end);
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
    if (cleanups.size === 0) stopListening();
  };
}

function end(signal: NodeJS.Signals): void {
  const all = [...cleanups].map(async (cleanup) => cleanup());
  void Promise.allSettled(all).then(() => {
    cleanups.clear();
    stopListening();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  });
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, end);
}
