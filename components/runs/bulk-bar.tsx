"use client";

import { Download, X } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";
import type { BulkBody } from "@/lib/contracts/runs";
import { MAX_BULK } from "@/lib/contracts/words";
import { formatInteger, plural } from "@/lib/presenters/format/number";
import { runsCsv } from "@/lib/presenters/runs/cell-text";
import { compareHref } from "@/lib/presenters/runs/run-groups";
import type { RunRow } from "@/lib/presenters/runs/run-row";
import type { RunsView } from "@/lib/presenters/runs/runs-view";
import { useBulk } from "./use-bulk";

interface Props {
  rows: readonly RunRow[];
  view: RunsView;
  onClear: () => void;
}

/** As many as a comparison takes, and as an address can name. */
const MAX_COMPARED = 100;

/** What can be done with the chosen runs; takes the place of the line that counts them. */
export function BulkBar({ rows, view, onClear }: Props) {
  const [tagging, setTagging] = useState(false);
  const bulk = useBulk();
  const runs = rows.map(({ id }) => id);
  const tooMany = runs.length > MAX_BULK;
  const archived = rows.every(({ run }) => run.archived_at !== null);
  const act = (body: BulkBody) => {
    bulk.run(body);
    if (body.action !== "tag" && body.action !== "untag") onClear();
  };
  const disabled = bulk.busy || tooMany;
  return (
    <div role="toolbar" aria-label="Chosen runs" className="flex flex-wrap items-center gap-1.5">
      <span role="status" className="mr-1 text-sm font-medium tabular-nums">
        {formatInteger(runs.length)} selected
      </span>
      {runs.length >= 2 && runs.length <= MAX_COMPARED ? <Compare href={compareHref(runs, view)} /> : null}
      <Button size="small" disabled={disabled} onClick={() => setTagging(true)}>
        Tag…
      </Button>
      <Button
        size="small"
        disabled={disabled}
        onClick={() => act({ action: archived ? "unarchive" : "archive", runs })}
      >
        {archived ? "Unarchive" : "Archive"}
      </Button>
      <Button size="small" disabled={disabled} onClick={() => act({ action: "delete", runs })}>
        Delete
      </Button>
      <IconButton
        label="Download as CSV"
        className="size-7"
        onClick={() => download(runsCsv(view.columns, rows))}
      >
        <Download size={15} aria-hidden />
      </IconButton>
      <IconButton label="Clear the selection" className="size-7" onClick={onClear}>
        <X size={15} aria-hidden />
      </IconButton>
      {tooMany ? (
        <span className="text-xs text-recommended">
          At most {formatInteger(MAX_BULK)} can be changed at once.
        </span>
      ) : null}
      {tagging ? <TagDialog rows={rows} onAct={act} onClose={() => setTagging(false)} /> : null}
    </div>
  );
}

/** Also by the key `c`: from a row in the middle of the table it is a long way to the bar. */
function Compare({ href }: { href: string }) {
  const router = useRouter();
  useShortcuts({ c: () => router.push(href) });
  return (
    <Link href={href} className={buttonClass("primary", "small")} aria-keyshortcuts="c" title="Key: c">
      Compare
    </Link>
  );
}

function download(csv: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv" }));
  link.download = "runs.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

interface TagProps {
  rows: readonly RunRow[];
  onAct: (body: BulkBody) => void;
  onClose: () => void;
}

/** A tag to add to all of them, and those that some have to take off. */
function TagDialog({ rows, onAct, onClose }: TagProps) {
  const [text, setText] = useState("");
  const runs = rows.map(({ id }) => id);
  const tag = text.trim();
  const known = [...new Set(rows.flatMap(({ run }) => run.tags))].sort();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Tag ${plural(runs.length, "run")}`}>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          onAct({ action: "tag", runs, tag });
          onClose();
        }}
      >
        <Input
          aria-label="Tag"
          placeholder="baseline"
          value={text}
          maxLength={100}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={tag === ""}>
          Add
        </Button>
      </form>
      {known.length > 0 ? (
        <div className="flex flex-wrap gap-1.5">
          {known.map((one) => (
            <Button
              key={one}
              size="small"
              aria-label={`Remove the tag ${one}`}
              onClick={() => onAct({ action: "untag", runs, tag: one })}
            >
              {one}
              <X size={13} aria-hidden />
            </Button>
          ))}
        </div>
      ) : null}
    </Dialog>
  );
}
