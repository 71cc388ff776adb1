/** Refetches something; resolves when that is done. */
export type Refresh = () => Promise<unknown>;

export interface Refresher {
  /** Notes that the thing of this name is stale. */
  mark: (name: string, refresh: Refresh) => void;
  stop: () => void;
}

/** Runs a callback later; the result calls it off. */
export type Later = (callback: () => void, ms: number) => () => void;

/**
 * Refreshes each thing at most once per `everyMs` and never while its last refresh is still under way. A change that
 * arrives during a refresh leads to one more afterwards, so the last state is always fetched.
 */
export function createRefresher(everyMs: number, later: Later): Refresher {
  const busy = new Set<string>();
  const waiting = new Map<string, Refresh>();
  const pauses = new Set<() => void>();
  let stopped = false;

  const rest = (name: string) => {
    if (stopped) return;
    const cancel = later(() => {
      pauses.delete(cancel);
      busy.delete(name);
      const again = waiting.get(name);
      waiting.delete(name);
      if (again) start(name, again);
    }, everyMs);
    pauses.add(cancel);
  };

  const start = (name: string, refresh: Refresh) => {
    busy.add(name);
    refresh().then(
      () => rest(name),
      // A refetch that fails shows in its query; the next change tries again.
      () => rest(name),
    );
  };

  return {
    mark: (name, refresh) => {
      if (stopped) return;
      if (busy.has(name)) waiting.set(name, refresh);
      else start(name, refresh);
    },
    stop: () => {
      stopped = true;
      pauses.forEach((cancel) => cancel());
    },
  };
}
