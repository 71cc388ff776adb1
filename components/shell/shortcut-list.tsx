"use client";

import { PAGES } from "@/components/shell/pages";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

const SHEET: readonly (readonly [keys: string, what: string])[] = [
  ["Ctrl k", "Find a page, a project, a run; ⌘ K on a Mac"],
  ...PAGES.map(({ keys, label }) => [keys, label] as const),
  ["/", "Filter the runs"],
  ["j k", "In a list: the next, the previous"],
  ["x", "Select the run"],
  ["Enter", "Open the run, fold or unfold the group"],
  ["a", "Approve the chosen request"],
  ["r", "Reject the chosen request"],
  ["s", "Snooze the chosen request for an hour"],
  ["n d h", "In the designer: add, duplicate, hide a schedule"],
  ["?", "This list"],
];

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ShortcutList({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2 text-sm">
        {SHEET.map(([keys, what]) => (
          <div key={keys} className="col-span-2 grid grid-cols-subgrid">
            <dt className="flex gap-1">
              {keys.split(" ").map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
