"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";

export interface PutAwayRow {
  id: string;
  name: string;
  /** The name of the project that it belongs to. */
  project: string | null;
  note: string;
  /** null: there is nothing to open before it is restored. */
  href: string | null;
}

interface Props {
  title: string;
  /** Said when the list is empty. */
  nothing: string;
  rows: readonly PutAwayRow[];
  verb: "Restore" | "Unarchive";
  /** There are older ones that are not listed. */
  more: boolean;
  onRestore: (id: string) => Promise<unknown>;
}

/** Things that are out of sight, each with a button that brings it back. */
export function PutAwayList({ title, nothing, rows, verb, more, onRestore }: Props) {
  const notify = useNotify();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: ({ id }: PutAwayRow) => onRestore(id),
    onSuccess: async (_, { name }) => {
      await client.invalidateQueries();
      notify({ title: `${verb}d ${name}` });
    },
    onError: (error, { name }) =>
      notify({
        title: `Could not ${verb.toLowerCase()} ${name}`,
        detail: sentenceOf(error),
        tone: "failed",
      }),
  });
  return (
    <section className="flex flex-col gap-1">
      <h2 className="text-lg font-semibold">{title}</h2>
      {rows.length === 0 ? (
        <p className="text-base text-muted">{nothing}</p>
      ) : (
        <ul aria-label={title} className="divide-y divide-line border-y border-line">
          {rows.map((row) => (
            <li key={row.id} className="flex min-h-11 items-center gap-3 py-1 text-sm">
              <span className="flex min-w-0 flex-1 flex-col gap-x-3 sm:flex-row sm:items-baseline">
                <span className="flex min-w-0 flex-1 items-baseline gap-2">
                  <Name {...row} />
                  {row.project === null ? null : (
                    <span className="max-w-40 shrink-0 truncate text-xs text-muted max-sm:hidden">
                      {row.project}
                    </span>
                  )}
                </span>
                <span className="text-xs text-muted tabular-nums" suppressHydrationWarning>
                  {row.note}
                </span>
              </span>
              <Button
                size="small"
                disabled={change.isPending}
                onClick={() => change.mutate(row)}
                aria-label={`${verb} ${row.name}`}
              >
                {verb}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {more ? <p className="text-xs text-muted">The {rows.length} latest ones.</p> : null}
    </section>
  );
}

function Name({ name, href }: Pick<PutAwayRow, "name" | "href">) {
  const look = "truncate font-medium";
  if (href === null) {
    return (
      <span className={look} title={name}>
        {name}
      </span>
    );
  }
  return (
    <Link href={href} title={name} className={`${look} hover:underline`}>
      {name}
    </Link>
  );
}
