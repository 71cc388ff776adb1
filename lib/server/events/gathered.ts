import "server-only";
import type { RunChange } from "../db/transaction";

/** Changes of one run within this time become one frame. */
const MERGE_MS = 100;
/** Runs whose changes are kept for a reader that is still told of earlier ones. */
const MAX_HELD = 1000;

/**
 * The changes of a moment, one a run: a job that logs a thousand times a second needs no thousand frames. Nothing is
 * emitted before `release`, and what is too much to keep until then is dropped.
 */
export class Gathered {
  private readonly waiting = new Map<string, RunChange>();
  private timer: NodeJS.Timeout | undefined;
  private held = true;
  private dropped = false;

  /** `settled` is asked right before something is emitted. It does not reject. */
  constructor(
    private readonly settled: () => Promise<number>,
    private readonly emit: (changes: RunChange[], settled: number) => void,
  ) {}

  add(change: RunChange): void {
    if (this.dropped) return;
    const before = this.waiting.get(change.run_id);
    const what = before ? [...new Set([...before.what, ...change.what])] : change.what;
    this.waiting.set(change.run_id, { ...change, what });
    if (!this.held) this.timer ??= setTimeout(() => void this.flush(), MERGE_MS);
    else if (this.waiting.size > MAX_HELD) this.drop();
  }

  /** Emits what was kept, and from here on what comes. False when some was dropped: it has to be read first. */
  release(): boolean {
    if (this.dropped) {
      this.dropped = false;
      return false;
    }
    this.held = false;
    this.timer ??= setTimeout(() => void this.flush());
    return true;
  }

  close(): void {
    clearTimeout(this.timer);
    this.waiting.clear();
  }

  private drop(): void {
    this.dropped = true;
    this.waiting.clear();
  }

  private async flush(): Promise<void> {
    const settled = await this.settled();
    // What was announced meanwhile goes along: it may be settled as well.
    this.timer = undefined;
    const changes = [...this.waiting.values()];
    this.waiting.clear();
    // The id that a reader comes back with must not pass over a frame that it never got.
    if (changes.length > 0)
      this.emit(
        changes.sort((a, b) => a.seq - b.seq),
        settled,
      );
  }
}
