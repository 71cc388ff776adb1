"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { choicesOf, moveTo } from "@/lib/presenters/metrics/arrange";
import { useArrangement } from "./arrangement";

/** Asks which section a metric's panel is to stand in. */
export function MoveDialog({ metric, onClose }: { metric: string; onClose: () => void }) {
  const [text, setText] = useState("");
  const title = text.trim();
  const { panels, sections, arrange } = useArrangement();
  const { home, others } = choicesOf(panels, sections, metric);
  const move = (section: string | null) => {
    arrange(...moveTo(panels, sections, metric, section));
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Move ${metric}`}
      description="To a section of the project, on all its pages. Its grip also drags it there."
    >
      {others.length > 0 || home ? (
        <div className="flex flex-wrap gap-1.5">
          {others.map(({ id, title: other }) => (
            <Button key={id} size="small" onClick={() => move(id)}>
              {other}
            </Button>
          ))}
          {home ? (
            <Button size="small" variant="ghost" onClick={() => move(null)}>
              {`Back to ${home}`}
            </Button>
          ) : null}
        </div>
      ) : null}
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          move(title);
        }}
      >
        <Input
          aria-label="New section"
          placeholder="A new section, such as Gradients"
          value={text}
          maxLength={100}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" variant="primary" disabled={title === ""}>
          Move
        </Button>
      </form>
    </Dialog>
  );
}
