"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Menu, MenuCheck } from "@/components/ui/menu";

interface Props {
  shown: readonly string[];
  available: readonly string[];
  onChange: (keys: readonly string[]) => void;
}

/** The metrics on the chart and a menu of all there are. */
export function MetricChips({ shown, available, onChange }: Props) {
  const toggle = (key: string, on: boolean) =>
    onChange(on ? [...shown, key] : shown.filter((other) => other !== key));
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      {shown.map((key) => (
        <span
          key={key}
          className="inline-flex h-7 max-w-full items-center rounded-md border border-line pl-2 text-sm"
        >
          <span className="truncate">{key}</span>
          <button
            type="button"
            aria-label={`Remove ${key}`}
            onClick={() => toggle(key, false)}
            className="flex h-full items-center rounded-r-md px-1.5 text-muted hover:bg-active hover:text-ink"
          >
            <X size={13} aria-hidden />
          </button>
        </span>
      ))}
      <Menu
        align="start"
        trigger={
          <Button variant="ghost" size="small" disabled={available.length === 0}>
            <Plus size={14} aria-hidden />
            Metric
          </Button>
        }
      >
        {available.map((key) => (
          <MenuCheck key={key} checked={shown.includes(key)} onChange={(on) => toggle(key, on)}>
            {key}
          </MenuCheck>
        ))}
      </Menu>
    </div>
  );
}
