import "server-only";
import { WorkLimitError } from "./work-limit-error";

/** What was made, or why it was not: what was too much once is too much again. */
type Found<T> = { made: T } | { error: WorkLimitError };

const SIZE = 200;

/** The last of something for each run, by what it was made from. A pure function of it, so any server may keep its own. */
export class RunCache<T> {
  private readonly kept = new Map<string, { stamp: string; found: Found<T> }>();

  async get(runId: string, stamp: string, make: () => Promise<T>): Promise<T> {
    const known = this.kept.get(runId);
    if (known?.stamp === stamp) return madeOf(known.found);
    const found = await make().then(
      (made): Found<T> => ({ made }),
      (error: unknown): Found<T> => {
        if (error instanceof WorkLimitError) return { error };
        throw error;
      },
    );
    this.kept.delete(runId);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size >= SIZE && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(runId, { stamp, found });
    return madeOf(found);
  }
}

function madeOf<T>(found: Found<T>): T {
  if ("error" in found) throw found.error;
  return found.made;
}
