"use client";

import { GripVertical } from "lucide-react";
import {
  createContext,
  use,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
  type PointerEvent,
  type ReactNode,
} from "react";
import { cn } from "@/components/ui/class-names";
import type { Arrangement } from "@/lib/presenters/metrics/arrange";
import { ArrangementContext, type Grabbed, type Movable } from "./arrangement";
import type { DragLayer } from "./drag-layer";

/** Fetched when a pointer or the focus comes near. */
const load = () => import("./drag-layer").then((file) => file.DragLayer);

interface Hold {
  readonly held: string | null;
  readonly hint: string;
  grab: (grabbed: Grabbed) => void;
  /** Gives the focus back to what was put into another section, and so is drawn anew. */
  wasMoved: (item: Movable) => boolean;
}

const HoldContext = createContext<Hold | null>(null);
const nameOf = ({ kind, id }: Movable): string => `${kind} ${id}`;

interface ArrangeProps extends Arrangement {
  /** Lays the sections out: a grid, in which one with a single panel takes one column. */
  className: string;
  children: ReactNode;
}

/**
 * Lets what stands inside be put in order, by pointer, touch or keyboard. A panel is an element with `data-panel`, a section
 * one with `data-section`, each with a `Grip` inside. Nothing moves before it is put down: a line shows where that will be.
 */
export function Arrange({ children, className, ...arrangement }: ArrangeProps) {
  const root = useRef<HTMLDivElement>(null);
  const moved = useRef<string | null>(null);
  const hint = useId();
  // With what follows keys and pointer: not held before it is there.
  const [grabbed, setGrabbed] = useState<(Grabbed & { Layer: typeof DragLayer }) | null>(null);
  const [said, setSaid] = useState("");
  const held = grabbed && nameOf(grabbed.item);
  const hold = useMemo<Hold>(
    () => ({
      ...{ held, hint },
      grab: (next) =>
        void load().then(
          (Layer) => setGrabbed({ ...next, Layer }),
          () => setSaid("This could not be loaded. Try again."),
        ),
      wasMoved: (item) => {
        const is = moved.current === nameOf(item);
        if (is) moved.current = null;
        return is;
      },
    }),
    [held, hint],
  );
  // Those that are drawn anew have been asked by then.
  useEffect(() => {
    moved.current = null;
  }, [children]);
  return (
    <HoldContext value={hold}>
      <div ref={root} className={className} onPointerEnter={load} onFocus={load}>
        <ArrangementContext value={arrangement}>{children}</ArrangementContext>
      </div>
      <p id={hint} hidden>
        Drag it; or press Space or click it, choose a place with the arrow keys or the pointer, and press
        Space or click again. Escape leaves it where it was.
      </p>
      <p aria-live="assertive" className="sr-only">
        {said}
      </p>
      {grabbed ? (
        <grabbed.Layer
          {...arrangement}
          root={root}
          grabbed={grabbed}
          say={setSaid}
          onEnd={(put) => {
            if (put) moved.current = nameOf(grabbed.item);
            setGrabbed(null);
          }}
        />
      ) : null}
    </HoldContext>
  );
}

/** Pixels of a pointer's way from which it is a drag and no click. */
const SLACK = 4;

/** The handle of a panel or a section. */
export function Grip({ item, className }: { item: Movable; className?: string }) {
  const hold = use(HoldContext);
  const button = useRef<HTMLButtonElement>(null);
  const from = useRef<{ x: number; y: number } | null>(null);
  const dragged = useRef(false);
  if (hold === null) throw new Error("a grip needs an Arrange around");
  const { held, hint, grab, wasMoved } = hold;
  const isHeld = held === nameOf(item);
  const appear = useEffectEvent(() => {
    if (!wasMoved(item)) return;
    button.current?.focus({ preventScroll: true });
    button.current?.scrollIntoView({ block: "nearest" });
  });
  useEffect(() => appear(), []);
  const onPointerMove = ({
    clientX: x,
    clientY: y,
    pointerId,
    currentTarget: grip,
  }: PointerEvent<HTMLElement>) => {
    const start = from.current;
    if (start === null || Math.hypot(x - start.x, y - start.y) < SLACK) return;
    from.current = null;
    dragged.current = true;
    grip.setPointerCapture(pointerId);
    grab({ item, grip, pointer: pointerId, at: { x, y } });
  };
  return (
    <button
      ref={button}
      type="button"
      data-grip
      aria-label={`Reorder ${item.title}`}
      aria-describedby={hint}
      aria-pressed={isHeld}
      onPointerDown={({ button: which, clientX: x, clientY: y }) => {
        from.current = which === 0 ? { x, y } : null;
        dragged.current = false;
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (from.current = null)}
      onPointerCancel={() => (from.current = null)}
      onClick={({ currentTarget: grip }) => {
        // The click that ends a drag.
        if (dragged.current) dragged.current = false;
        else grab({ item, grip, pointer: null, at: null });
      }}
      className={cn(
        "inline-flex h-8 w-6 shrink-0 cursor-grab touch-none items-center justify-center rounded text-faint",
        "transition-colors hover:bg-active hover:text-ink aria-pressed:cursor-grabbing aria-pressed:bg-active aria-pressed:text-accent",
        className,
      )}
    >
      <GripVertical size={15} aria-hidden />
    </button>
  );
}
