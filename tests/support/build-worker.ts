import { withLock } from "@/scripts/lib/lock.mjs";
import { worker } from "@/scripts/lib/worker.mjs";

/** Heavy tasks run in real workers, so their script has to be of this source. */
export default async function buildWorker(): Promise<void> {
  if (worker.isStale()) await withLock(() => worker.run());
}
