"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { printField } from "@/lib/domain/query/fields";

interface Props {
  metrics: readonly string[];
  onAdd: (id: string) => void;
}

/** A column for what a metric was at one step. */
export function AtStepForm({ metrics, onAdd }: Props) {
  const [first = ""] = metrics;
  const [chosen, setChosen] = useState(first);
  const [text, setText] = useState("");
  const step = /^\d{1,15}$/.test(text) ? Number(text) : null;
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (step === null) return;
        onAdd(`${printField({ kind: "metric", key: chosen, stat: "last" })}@${step}`);
        setText("");
      }}
    >
      <Select
        label="metric"
        hideLabel
        value={chosen}
        options={metrics.map((key) => ({ value: key, label: key }))}
        onChange={setChosen}
        className="flex-1"
      />
      <span className="text-sm text-muted">at step</span>
      <Input
        aria-label="Step"
        inputMode="numeric"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="w-20 tabular-nums"
      />
      <Button type="submit" disabled={step === null}>
        Add
      </Button>
    </form>
  );
}
