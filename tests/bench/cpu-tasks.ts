/** What is read of a Chromium trace. Times in microseconds; `tdur` is the thread's own time. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args?: { name?: unknown };
}

export const TRACE_CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];

const isTask = ({ name }: TraceEvent) => name === "RunTask" || name === "ThreadControllerImpl::RunTask";

/**
 * Blocking time by the processor's clock: what the tasks of the page's main thread took beyond 50 ms each, in
 * milliseconds. On a machine that others keep busy the wall clock's figure is mostly theirs. Tasks before the first
 * paint count as well, so it is rather too high.
 */
export function blockingCpu(trace: Buffer): number {
  const { traceEvents }: { traceEvents: TraceEvent[] } = JSON.parse(trace.toString("utf8"));
  const threads = traceEvents.filter(
    ({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain",
  );
  const totals = threads.map(({ pid, tid }) => {
    const tasks = traceEvents.filter((event) => event.pid === pid && event.tid === tid && isTask(event));
    const ms = tasks.map(({ tdur = 0 }) => tdur / 1000);
    return {
      all: ms.reduce((sum, one) => sum + one, 0),
      blocking: ms.reduce((sum, one) => sum + Math.max(0, one - 50), 0),
    };
  });
  // The page's renderer is the one that worked; others stand by.
  return totals.sort((a, b) => b.all - a.all)[0]?.blocking ?? 0;
}
