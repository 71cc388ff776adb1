import "server-only";

interface Shared {
  promise: Promise<unknown>;
  waiters: number;
  stop: AbortController;
}

/** Work under way, by a key that says all it depends on. Who asks for the same waits for the same. */
export class Together {
  private readonly underWay = new Map<string, Shared>();

  /** Starts `work`, or waits for what runs under that key. It is cancelled when the last who waits for it has left. */
  run<T>(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (signal.aborted) return Promise.reject(signal.reason);
    const shared = this.underWay.get(key) ?? this.start(key, work);
    shared.waiters += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        reject(signal.reason);
        shared.waiters -= 1;
        if (shared.waiters > 0) return;
        this.forget(key, shared);
        shared.stop.abort(signal.reason);
      };
      signal.addEventListener("abort", leave, { once: true });
      shared.promise
        .then((value) => resolve(madeBy<T>(value)), reject)
        .finally(() => signal.removeEventListener("abort", leave));
    });
  }

  private start(key: string, work: (signal: AbortSignal) => Promise<unknown>): Shared {
    const stop = new AbortController();
    const shared: Shared = { promise: work(stop.signal), waiters: 0, stop };
    this.underWay.set(key, shared);
    const done = () => this.forget(key, shared);
    shared.promise.then(done, done);
    return shared;
  }

  private forget(key: string, shared: Shared): void {
    if (this.underWay.get(key) === shared) this.underWay.delete(key);
  }
}

/** Equal keys are given by the same caller for the same kind of work. */
const madeBy = <T>(value: unknown): T => value as T;
