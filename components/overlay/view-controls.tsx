"use client";

import { useEffect, useState } from "react";
import { Select, type SelectOption } from "@/components/ui/select";
import type { XAxis } from "@/lib/contracts/metrics";
import type { ScaleKind } from "@/lib/presenters/charts/chart-model";
import { MAX_SMOOTHING, type OverlayView } from "@/lib/presenters/charts/view";

const X_OPTIONS: readonly SelectOption<XAxis>[] = [
  { value: "step", label: "step" },
  { value: "epoch", label: "epoch" },
  { value: "relative", label: "time since start" },
  { value: "time", label: "wall time" },
  { value: "lr_sum", label: "cumulative LR" },
];

const SCALE_OPTIONS: readonly SelectOption<ScaleKind>[] = [
  { value: "linear", label: "linear" },
  { value: "log", label: "log" },
];

interface Props {
  view: OverlayView;
  /** The scales in use when the reader chose none. */
  left: ScaleKind;
  right: ScaleKind;
  onChange: (patch: Partial<OverlayView>) => void;
}

export function ViewControls({ view, left, right, onChange }: Props) {
  return (
    <>
      <Select
        label="x"
        value={view.x}
        options={X_OPTIONS}
        onChange={(x) => onChange({ x })}
        className="h-7"
      />
      <Smoothing
        key={view.smoothing}
        value={view.smoothing}
        onChange={(smoothing) => onChange({ smoothing })}
      />
      <Select
        label="left"
        value={left}
        options={SCALE_OPTIONS}
        onChange={(scale) => onChange({ left: scale })}
        className="h-7"
      />
      <Select
        label="right"
        value={right}
        options={SCALE_OPTIONS}
        onChange={(scale) => onChange({ right: scale })}
        className="h-7"
      />
    </>
  );
}

const REST_MS = 150;

/** Moves freely and tells its value when it rests, so that the history gets one entry for one change. */
function Smoothing({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const [local, setLocal] = useState(value);
  useEffect(() => {
    if (local === value) return;
    const timer = setTimeout(() => onChange(local), REST_MS);
    return () => clearTimeout(timer);
  }, [local, value, onChange]);
  return (
    <label className="inline-flex h-7 items-center gap-2 text-sm">
      <span className="text-muted">smoothing</span>
      <input
        type="range"
        min={0}
        max={MAX_SMOOTHING}
        step={0.01}
        value={local}
        onChange={(event) => setLocal(Number(event.target.value))}
        className="w-24 accent-accent"
      />
      <output className="w-8 font-mono text-xs text-muted tabular-nums">
        {local === 0 ? "off" : local.toFixed(2)}
      </output>
    </label>
  );
}
