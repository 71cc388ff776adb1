"use client";

import { FolderInput, Pin, PinOff } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { MetricSection } from "@/lib/presenters/metrics/sections";

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

/** Buttons of a panel's head: pin it, or move it to a section of one's own. */
export function PanelButtons({ metric, place }: { metric: string; place: PanelPlace }) {
  const [moving, setMoving] = useState(false);
  const PinIcon = place.pinned ? PinOff : Pin;
  return (
    <>
      <IconButton label={`Move ${metric} to a section`} onClick={() => setMoving(true)}>
        <FolderInput size={15} aria-hidden className={cn(place.moved && "text-accent")} />
      </IconButton>
      <IconButton
        label={place.pinned ? `Unpin ${metric}` : `Pin ${metric} for the project`}
        aria-pressed={place.pinned}
        onClick={place.onPin}
      >
        <PinIcon size={15} aria-hidden className={cn(place.pinned && "text-accent")} />
      </IconButton>
      {moving ? <MoveDialog metric={metric} place={place} onClose={() => setMoving(false)} /> : null}
    </>
  );
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
      description="Sections are the project’s: every page and run of it shows them."
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
