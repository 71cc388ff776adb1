"use client";

import { type ComponentProps, useState } from "react";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/presenters/format/number";
import { Table } from "./table";

const FEW = 20;

interface Props extends ComponentProps<typeof Table> {
  /** What a row is: `run`, `pair`. */
  noun: string;
}

/** A table that shows its first rows, and all of them when asked. */
export function LongTable({ noun, rows, ...table }: Props) {
  const [all, setAll] = useState(false);
  return (
    <div>
      <Table {...table} rows={all ? rows : rows.slice(0, FEW)} />
      {rows.length > FEW ? (
        <div className="flex items-center gap-3 pt-2 text-xs text-muted">
          {all ? plural(rows.length, noun) : `${FEW} of ${plural(rows.length, noun)}`}
          <Button size="small" variant="ghost" onClick={() => setAll(!all)}>
            {all ? "Show fewer" : "Show all"}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
