"use client";

import { useEffect, useState } from "react";
import { MAX_SMOOTHING } from "@/lib/presenters/charts/view";

const REST_MS = 150;

/** Moves freely and tells its value when it rests, so that the history gets one entry for one change. */
export function Smoothing({ value, onChange }: { value: number; onChange: (value: number) => void }) {
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
