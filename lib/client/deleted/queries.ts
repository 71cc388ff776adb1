import { queryOptions } from "@tanstack/react-query";
import { request, urlPath } from "@/lib/client/http/request";
import { queryKeys } from "@/lib/client/query-keys";
import type { DeletedItem, DeletedPage } from "@/lib/contracts/deleted";
import type { RunPage } from "@/lib/contracts/runs";
import type { DeletedKind } from "@/lib/contracts/words";
import { ARCHIVED } from "@/lib/domain/runs/restorable";

export const deletedQuery = (kind: DeletedKind) =>
  queryOptions({
    queryKey: [...queryKeys.deleted(), kind] as const,
    queryFn: ({ signal }) => request<DeletedPage>("/deleted", { query: { kind, limit: 200 }, signal }),
  });

export const archivedQuery = () =>
  queryOptions({
    queryKey: [...queryKeys.deleted(), "archived"] as const,
    queryFn: ({ signal }) => request<RunPage>("/runs", { query: { ...ARCHIVED }, signal }),
  });

const PLACES: Readonly<Record<DeletedKind, readonly string[]>> = {
  run: ["runs"],
  project: ["projects"],
  channel: ["notifications", "channels"],
};

/** Brings back what was deleted. */
export const restore = ({ kind, id }: Pick<DeletedItem, "kind" | "id">): Promise<unknown> =>
  request<unknown>(urlPath(...PLACES[kind], id, "restore"), { method: "POST" });
