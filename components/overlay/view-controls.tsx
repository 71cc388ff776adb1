"use client";

import { Smoothing } from "@/components/charts/smoothing";
import { Select, type SelectOption } from "@/components/ui/select";
import type { XAxis } from "@/lib/contracts/metrics";
import type { ScaleKind } from "@/lib/presenters/charts/chart-model";
import type { OverlayView } from "@/lib/presenters/charts/view";

const SCALE_OPTIONS: readonly SelectOption<ScaleKind>[] = [
  { value: "linear", label: "linear" },
  { value: "log", label: "log" },
];

interface Props {
  view: OverlayView;
  /** The scales in use when the reader chose none. */
  left: ScaleKind;
  right: ScaleKind;
  xOptions: readonly SelectOption<XAxis>[];
  onChange: (patch: Partial<OverlayView>) => void;
}

export function ViewControls({ view, left, right, xOptions, onChange }: Props) {
  return (
    <>
      <Select label="x" value={view.x} options={xOptions} onChange={(x) => onChange({ x })} className="h-7" />
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
