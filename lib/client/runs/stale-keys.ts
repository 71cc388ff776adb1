import { queryKeys } from "@/lib/client/query-keys";
import type { SseEvent } from "@/lib/client/sse/parse-events";
import { StreamFrame, type RunChanged } from "@/lib/contracts/events";

/** The frame that an event carries; null for one that this version does not know. */
export function frameOf({ event, data, id }: SseEvent): StreamFrame | null {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return null;
  }
  const parsed = StreamFrame.safeParse({ event, id, data: json });
  return parsed.success ? parsed.data : null;
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
