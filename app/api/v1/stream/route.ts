import { stream } from "@/lib/contracts/endpoints/system";
import { streamChanges } from "@/lib/server/events/stream";
import { defineRoute } from "@/lib/server/http/define-route";
import { getProject } from "@/lib/server/projects/get-project";

export const dynamic = "force-dynamic";

export const GET = defineRoute(stream, async ({ ctx, query, request }) => {
  const project = query.project === undefined ? undefined : await getProject(ctx, query.project);
  const watched = { projectId: project?.id, runId: query.run };
  const lastEventId = request.headers.get("last-event-id");
  return streamChanges(ctx, { watched, lastEventId, signal: request.signal });
});
