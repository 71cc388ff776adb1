import "server-only";
import { type Ctx, requireScope } from "../context";
import { findProject } from "../projects/get-project";
import { streamTask } from "../work/run-task";
import { download } from "./download";

/** Every observation of a project's runs, a line each. @throws ServiceError not_found */
export async function exportProject(ctx: Ctx, idOrName: string): Promise<Response> {
  requireScope(ctx, "runs:read");
  const { id, name } = await findProject(ctx.db, idOrName);
  return download(streamTask("exportProject", id, { signal: ctx.signal }), `${name}.csv`, "text/csv");
}
