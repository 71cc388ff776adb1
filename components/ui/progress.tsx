"use client";

import { Progress as BaseProgress } from "@base-ui/react/progress";

interface Props {
  value: number;
  max: number;
  label: string;
  /** What stands at the right: `12 of 34 runs`. */
  text: string;
}

export function Progress({ value, max, label, text }: Props) {
  return (
    <BaseProgress.Root
      value={value}
      max={max}
      getAriaValueText={() => text}
      className="flex flex-col gap-1.5"
    >
      <div className="flex justify-between gap-3 text-sm">
        <BaseProgress.Label>{label}</BaseProgress.Label>
        <span className="text-muted tabular-nums">{text}</span>
      </div>
      <BaseProgress.Track className="h-1.5 overflow-hidden rounded-full bg-active">
        <BaseProgress.Indicator className="h-full bg-accent transition-[width]" />
      </BaseProgress.Track>
    </BaseProgress.Root>
  );
}
