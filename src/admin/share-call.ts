/**
 * One call at a time of something expensive, shared by all who ask while it runs. The next begins after a rest as long
 * as the call took: however many ask and however often, the thread is at most half busy with it.
 */
export function shareCall<T>(call: () => Promise<T>): () => Promise<T> {
  let shared: Promise<T> | undefined;
  let restUntil = 0;

  const begin = async (): Promise<T> => {
    const rest = restUntil - performance.now();
    if (rest > 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, rest);
      });
    }
    const began = performance.now();
    try {
      return await call();
    } finally {
      shared = undefined;
      restUntil = 2 * performance.now() - began;
    }
  };

  return () => (shared ??= begin());
}
