"use client";

import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { MenuItem } from "@/components/ui/menu";
import type { MetricSection } from "@/lib/presenters/metrics/sections";
import type { ChartActions } from "./download-menu";

/** Where a metric's panel stands in its project, and ways to put it elsewhere. */
export interface PanelPlace {
  readonly pinned: boolean;
  /** Away from the section of its prefix. */
  readonly moved: boolean;
  /** The title of that section. */
  readonly prefix: string;
  /** Sections where it might stand instead. */
  readonly others: readonly Pick<MetricSection, "id" | "title">[];
  onPin: () => void;
  onMove: (section: string | null) => void;
}

interface Actions {
  readonly actions: ChartActions;
  /** To be put anywhere: what an action asks. */
  readonly dialog: ReactNode;
}

/** What can be done to a panel: draw it large, pin it, or move it to a section. */
export function usePanelActions(metric: string, place: PanelPlace, onLarge?: () => void): Actions {
  const [moving, setMoving] = useState(false);
  const items = (
    <>
      {onLarge ? <MenuItem onClick={onLarge}>Show large, at the top</MenuItem> : null}
      <MenuItem onClick={place.onPin}>{place.pinned ? "Unpin" : "Pin for the project"}</MenuItem>
      <MenuItem onClick={() => setMoving(true)}>Move to a section…</MenuItem>
    </>
  );
  return {
    actions: { label: `Actions for ${metric}`, items },
    dialog: moving ? <MoveDialog metric={metric} place={place} onClose={() => setMoving(false)} /> : null,
  };
}

function MoveDialog({ metric, place, onClose }: { metric: string; place: PanelPlace; onClose: () => void }) {
  const [text, setText] = useState("");
  const title = text.trim();
  const move = (section: string | null) => {
    place.onMove(section);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Move ${metric}`}
      description="To a section of the project, on all its pages. Its grip also drags it there."
    >
      {place.others.length > 0 || place.moved ? (
        <div className="flex flex-wrap gap-1.5">
          {place.others.map(({ id, title: other }) => (
            <Button key={id} size="small" onClick={() => move(id)}>
              {other}
            </Button>
          ))}
          {place.moved ? (
            <Button size="small" variant="ghost" onClick={() => move(null)}>
              {`Back to ${place.prefix}`}
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
