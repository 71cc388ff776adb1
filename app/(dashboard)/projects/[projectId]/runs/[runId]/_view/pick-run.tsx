"use client";

import { useState } from "react";
import { RunPicker } from "@/components/schedules/run-picker";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { Run } from "@/lib/contracts/runs";

interface Props {
  /** The words on the button. */
  trigger: string;
  title: string;
  onPick: (run: Run) => void;
}

/** A button that asks for a run. */
export function PickRun({ trigger, title, onPick }: Props) {
  const [open, setOpen] = useState(false);
  const pick = (run: Run) => {
    setOpen(false);
    onPick(run);
  };
  return (
    <Dialog open={open} onOpenChange={setOpen} trigger={<Button>{trigger}</Button>} title={title}>
      <RunPicker onPick={pick} detail={({ group, seed }) => seedText(group, seed)} />
    </Dialog>
  );
}

const seedText = (group: string | null, seed: number | null): string =>
  [group ?? "no group", seed === null ? "no seed" : `seed ${seed}`].join(", ");
