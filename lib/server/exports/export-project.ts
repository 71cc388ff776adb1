import "server-only";
import { type Ctx, requireScope } from "../context";
import { storeOn } from "../metrics/store-on";
import { findProject } from "../projects/get-project";
import { download } from "./download";
import { projectText } from "./project-text";

/** Every observation of a project's runs, a line each. @throws ServiceError not_found */
export async function exportProject(ctx: Ctx, idOrName: string): Promise<Response> {
  requireScope(ctx, "runs:read");
  const { id, name } = await findProject(ctx.db, idOrName);
  return download(projectText(ctx.db, storeOn(ctx.db), id), `${name}.csv`, "text/csv");
}
