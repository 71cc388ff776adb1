import type { Project } from "@/lib/contracts/projects";
import { neededColumns } from "@/lib/presenters/runs/runs-view";
import type { Ctx } from "@/lib/server/context";
import { runTable } from "@/lib/server/runs/run-table";

/** So many runs come with the document: more than a screen shows, and little to send. */
const FIRST_ROWS = 100;

type Search = Record<string, string | string[] | undefined>;

/** What a page's runs table is first drawn with. */
export async function firstTable(ctx: Ctx, project: Project | null, params: Search) {
  const search = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
  const scope = { project: project?.id, filter: undefined };
  const { metrics } = await runTable(ctx, { ...scope, columns: "", limit: 1 });
  const columns = neededColumns({ project, metrics, search });
  const table = await runTable(ctx, { ...scope, columns, limit: FIRST_ROWS });
  return { columns, table: { ...table, metrics } };
}
