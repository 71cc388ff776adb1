import { queryKeys } from "@/lib/client/query-keys";
import type { SseEvent } from "@/lib/client/sse/parse-events";
import type { StreamFrame, RunChanged } from "@/lib/contracts/events";

/** The frame that an event carries; null for one that this version does not know. */
export function frameOf({ event, data, id }: SseEvent): StreamFrame | null {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return null;
  }
  const frame = { event, id, data: json };
  return isFrame(frame) ? frame : null;
}

/** By name and by what is read of it: a stream outlives the version of the server that it began with. */
function isFrame(frame: { event: string; id: string; data: unknown }): frame is StreamFrame {
  if (typeof frame.data !== "object" || frame.data === null) return false;
  if (frame.event === "hello") return true;
  const { run_id, project_id, what } = { run_id: 0, project_id: 0, what: 0, ...frame.data };
  return (
    frame.event === "run" &&
    typeof run_id === "string" &&
    typeof project_id === "string" &&
    Array.isArray(what)
  );
}

/** Which queries a change makes stale, each with all that stands under it. */
export function staleKeys({ run_id, project_id, what }: RunChanged): (readonly string[])[] {
  const keys: (readonly string[])[] = [
    queryKeys.run(run_id),
    queryKeys.project(project_id),
    queryKeys.projectBest(project_id),
    queryKeys.projectCurves(project_id),
    queryKeys.projects(),
  ];
  if (what.includes("control") || what.includes("plateau")) keys.push(queryKeys.inbox());
  return keys;
}
