import type { ApiReference } from "@/lib/presenters/docs/api-reference";

/** A call in the list beside the reference. */
export interface ListedOperation {
  anchor: string;
  method: string;
  /** Without what all paths begin with. */
  path: string;
  summary: string;
  /** What a search looks at, in lower case. */
  words: string;
}

export interface ListedGroup {
  tag: string;
  anchor: string;
  operations: ListedOperation[];
}

/** The reference's calls for its list, without their fields and examples. */
export const listOperations = ({ base, groups }: ApiReference): ListedGroup[] =>
  groups.map(({ tag, anchor, operations }) => ({
    tag,
    anchor,
    operations: operations.map(({ anchor: id, method, path, summary, parameters, body }) => ({
      anchor: id,
      method,
      path: path.slice(base.length),
      summary,
      words: [tag, method, path, summary, ...[...parameters, ...(body?.fields ?? [])].map(({ name }) => name)]
        .join(" ")
        .toLowerCase(),
    })),
  }));

/** The calls that have every word of the search in their method, path, summary or a field's name. */
export function findOperations(groups: readonly ListedGroup[], search: string): ListedGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return groups.flatMap((group) => {
    const operations = group.operations.filter((operation) =>
      words.every((word) => operation.words.includes(word)),
    );
    return operations.length === 0 ? [] : [{ ...group, operations }];
  });
}
