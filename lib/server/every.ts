import "server-only";
import { log } from "./log";

/**
 * Runs `work` now and again `ms` after each end of it, so that it never runs twice at the same time. One that fails is
 * tried again like any other. Returns what stops it. `what` is for the log.
 */
export function every(what: string, ms: number, work: (now: Date) => Promise<unknown>): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const turn = async () => {
    await work(new Date()).catch((err: unknown) =>
      log().error({ err }, `${what} failed; it will be tried again`),
    );
    if (stopped) return;
    timer = setTimeout(() => void turn(), ms);
    timer.unref();
  };
  void turn();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
