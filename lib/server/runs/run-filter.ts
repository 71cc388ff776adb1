import "server-only";
import type { ListRunsQuery } from "@/lib/contracts/runs";
import { named } from "@/lib/domain/query/fields";
import { parseQuery } from "@/lib/domain/query/parse";
import { isQuiet } from "@/lib/domain/runs/liveness";
import { EVERYTHING, mentionsArchived, type Query } from "@/lib/domain/query/query";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import { invalid } from "../errors";
import { compileQuery } from "./query-where";

export interface RunFilter {
  /** Every run that passes, and perhaps more. */
  where: Prisma.RunWhereInput;
  /** What each run that comes back must still be tested with; null when all of them pass. */
  rest: Query | null;
}

/** @throws ServiceError invalid_parameters for a filter that is none */
export function filterQuery(filter: string | undefined): Query {
  const { query, error } = parseQuery(filter ?? "");
  if (error) throw invalid("filter", error.message);
  return query;
}

/** The runs of a project, or of all, that are there to be seen. */
export const visibleRuns = (project: string | undefined): Prisma.RunWhereInput => ({
  deletedAt: null,
  project: { deletedAt: null },
  ...(project === undefined ? {} : { OR: [{ projectId: project }, { project: { name: project } }] }),
});

type Filters = Omit<ListRunsQuery, "limit" | "cursor" | "sort">;

/** What a list asks for. A page is never thinned afterwards: `rest` is applied before it is cut. */
export function runFilter({ project, status, group, tag, schedule_family, q, filter }: Filters): RunFilter {
  const asked = filterQuery(filter);
  const isLiveness = status !== undefined && isQuiet(status);
  const query: Query = {
    type: "and",
    of: [asked, q === undefined ? EVERYTHING : textQuery(q), isLiveness ? quietQuery(status) : EVERYTHING],
  };
  const { where, exact } = compileQuery(query);
  return {
    where: {
      AND: [
        visibleRuns(project),
        { status: isLiveness ? undefined : status, group, scheduleFamily: schedule_family },
        tag === undefined ? {} : { tags: { some: { tag } } },
        mentionsArchived(asked) ? {} : { archivedAt: null },
        where,
      ],
    },
    rest: exact ? null : query,
  };
}

const quietQuery = (liveness: string): Query => ({
  type: "compare",
  field: named("liveness"),
  operator: "=",
  value: liveness,
});

/** `q` is one text, blanks included, and looks at fewer places than a word of the query language. */
const textQuery = (q: string): Query =>
  q === ""
    ? EVERYTHING
    : {
        type: "or",
        of: (["name", "id", "tag"] as const).map((name) => ({
          type: "compare",
          field: named(name),
          operator: "~",
          value: q,
        })),
      };
