"use client";

import { X } from "lucide-react";
import type { FormEvent } from "react";
import { Input } from "@/components/ui/input";
import type { Run } from "@/lib/contracts/runs";
import { useUpdateRun } from "./use-update-run";

/** The run's tags: the cross takes one off, Enter puts one on. */
export function Tags({ run }: { run: Run }) {
  const save = useUpdateRun(run.id);
  const tags = save.isPending ? (save.variables.body.tags ?? run.tags) : run.tags;
  const set = (next: string[], done: string) =>
    save.mutate({ body: { tags: next }, undo: { tags: run.tags }, done });
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const tag = String(new FormData(form).get("tag")).trim();
    form.reset();
    if (tag !== "" && !tags.includes(tag)) set([...tags, tag], `Tagged ${tag}`);
  };
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {tags.map((tag) => (
        <span key={tag} className="inline-flex h-6 max-w-full items-center rounded bg-active pl-1.5">
          <span className="truncate">{tag}</span>
          <button
            type="button"
            aria-label={`Remove the tag ${tag}`}
            onClick={() =>
              set(
                tags.filter((other) => other !== tag),
                `Removed the tag ${tag}`,
              )
            }
            className="flex h-full items-center rounded px-1 text-muted hover:text-ink"
          >
            <X size={12} aria-hidden />
          </button>
        </span>
      ))}
      <form onSubmit={add}>
        <Input
          name="tag"
          aria-label="Add a tag"
          placeholder="Add a tag"
          maxLength={100}
          autoComplete="off"
          className="h-6 w-24"
        />
      </form>
    </div>
  );
}
