"use client";

import { ChevronsUpDown } from "lucide-react";
import { useState, type KeyboardEvent, type PointerEvent } from "react";
import type { PlotArea } from "@/components/charts/layers-plugin";
import { cn } from "@/components/ui/class-names";
import { fractionOn } from "@/lib/presenters/charts/axis";
import type { ChartAxis } from "@/lib/presenters/charts/chart-model";
import { roundedOn, valueOn } from "@/lib/presenters/compare/target-axis";
import { targetText } from "@/lib/presenters/compare/target-words";

interface Props {
  area: PlotArea;
  axis: ChartAxis;
  target: number;
  /** Otherwise it is a suggestion: a handle at the edge, and a line only under the pointer. */
  isSet: boolean;
  onTarget: (target: number) => void;
}

const LABEL = "rounded-sm border border-line-strong bg-ground px-1 text-xs tabular-nums";

/** Beside the plot, so that it hides no line's end; what it is for is said under the pointer. */
function Handle() {
  return (
    <>
      <span
        className={cn(
          LABEL,
          "border-dashed text-muted opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100",
        )}
      >
        drag to set a target
      </span>
      <span className="absolute left-full ml-px flex h-5 w-3.5 items-center justify-center rounded-sm border border-line-strong bg-ground text-muted">
        <ChevronsUpDown size={11} aria-hidden />
      </span>
    </>
  );
}

const KEYS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** The target as a line across the plot: drag it, or focus it and use the arrow keys. */
export function TargetLine({ area, axis, target, isSet, onTarget }: Props) {
  const [drag, setDrag] = useState<{ value: number; top: number } | null>(null);
  const shown = drag?.value ?? target;
  const height = area.bottom - area.top;
  const share = Math.min(1, Math.max(0, fractionOn(axis, shown)));
  const at = (event: PointerEvent, top: number) =>
    roundedOn(axis, valueOn(axis, 1 - (event.clientY - top - area.top) / height));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    const top = event.currentTarget.parentElement?.getBoundingClientRect().top ?? 0;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ value: target, top });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = KEYS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onTarget(roundedOn(axis, valueOn(axis, fractionOn(axis, target) + by / 100)));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Target"
      aria-orientation="vertical"
      aria-valuemin={axis.min}
      aria-valuemax={axis.max}
      aria-valuenow={shown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => drag && setDrag({ ...drag, value: at(event, drag.top) })}
      onPointerUp={() => {
        if (drag) onTarget(drag.value);
        setDrag(null);
      }}
      onPointerCancel={() => setDrag(null)}
      onKeyDown={onKeyDown}
      className="group absolute flex h-4 -translate-y-1/2 cursor-ns-resize touch-none items-center"
      style={{ left: area.left, width: area.right - area.left, top: area.top + (1 - share) * height }}
    >
      <span
        className={cn(
          "h-px flex-1 border-t border-dashed",
          !isSet &&
            !drag &&
            "opacity-0 transition-opacity group-hover:opacity-60 group-focus-visible:opacity-60",
          drag ? "border-accent" : "border-ink",
        )}
      />
      {isSet || drag ? <span className={LABEL}>target {targetText(shown)}</span> : <Handle />}
    </div>
  );
}
