import type { Query, QueryClient } from "@tanstack/react-query";
import { request } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import { type RunList, runListOf } from "@/lib/client/runs/queries";
import type { RunTable } from "@/lib/contracts/runs";

/** Beyond so many, the whole table is one smaller question. */
const MAX_ROWS = 20;

/** The list with these runs as they are now: replaced, in front when new, taken out when gone. */
export function withRows(list: RunList, ids: ReadonlySet<string>, now: RunList): RunList {
  const byId = new Map(now.rows.map((row) => [row.id, row]));
  const known = new Set(list.rows.map(({ id }) => id));
  const fresh = now.rows.filter(({ id }) => !known.has(id));
  const kept = list.rows.flatMap((row) => (ids.has(row.id) ? (byId.get(row.id) ?? []) : [row]));
  const gone = list.rows.length - kept.length;
  const keys = new Set(list.metrics.map(({ key }) => key));
  return {
    rows: [...fresh, ...kept],
    total: list.total + fresh.length - gone,
    metrics: [...list.metrics, ...now.metrics.filter(({ key }) => !keys.has(key))],
  };
}

/** Brings the tables on the screen up to date about these runs of one project. */
export async function refreshRows(
  client: QueryClient,
  projectId: string,
  ids: ReadonlySet<string>,
): Promise<void> {
  const tables = [projectId, null].flatMap((scope) =>
    client.getQueryCache().findAll({ queryKey: queryKeys.runTables(scope), type: "active" }),
  );
  await Promise.all(tables.map((table) => refreshTable(client, table, ids)));
}

async function refreshTable(client: QueryClient, table: Query, ids: ReadonlySet<string>): Promise<void> {
  const { queryKey } = table;
  if (ids.size > MAX_ROWS) {
    await client.invalidateQueries({ queryKey, exact: true }, { cancelRefetch: false });
    return;
  }
  const wanted = [...ids].map((id) => `id:${id}`).join(" or ");
  const query = { columns: String(queryKey[3]), filter: `(${wanted}) (archived:true or archived:false)` };
  const now = runListOf(await request<RunTable>("/runs/table", { query }));
  client.setQueryData<RunList>(queryKey, (list) => list && withRows(list, ids, now));
}
