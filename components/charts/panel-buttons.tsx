"use client";

import { FolderInput, Pin, PinOff } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";

/** Where a metric's panel stands in its project, and ways to put it elsewhere. */
export interface PanelPlace {
  readonly pinned: boolean;
  /** The project's own section; null: by its prefix. */
  readonly section: string | null;
  /** Titles of the project's own sections. */
  readonly sections: readonly string[];
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
        <FolderInput size={15} aria-hidden className={cn(place.section !== null && "text-accent")} />
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
  const others = place.sections.filter((section) => section !== place.section);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Move ${metric}`}
      description="Sections are the project’s: every page and run of it shows them."
    >
      {others.length > 0 || place.section !== null ? (
        <div className="flex flex-wrap gap-1.5">
          {others.map((section) => (
            <Button key={section} size="small" onClick={() => move(section)}>
              {section}
            </Button>
          ))}
          {place.section === null ? null : (
            <Button size="small" variant="ghost" onClick={() => move(null)}>
              Back to its prefix
            </Button>
          )}
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
