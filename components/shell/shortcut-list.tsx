"use client";

import { PAGES } from "@/components/shell/pages";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

type Line = readonly [keys: string, what: string];

const SHEET: readonly (readonly [title: string, lines: readonly Line[]])[] = [
  [
    "Everywhere",
    [
      ["Ctrl k", "Find a page, a project, a run; ⌘ K on a Mac"],
      ...PAGES.map(({ keys, label }) => [keys, label] as const),
      ["?", "This list"],
    ],
  ],
  [
    "Runs",
    [
      ["/", "Filter"],
      ["j k", "The next, the previous"],
      ["x", "Select"],
      ["c", "Compare the selected runs"],
      ["Enter", "Open the run, fold or unfold the group"],
    ],
  ],
  [
    "Chart",
    [
      ["← →", "Move the crosshair"],
      ["+ −", "Zoom in, zoom out"],
      ["0", "Show everything"],
      ["Ctrl C", "Copy the values at the crosshair, every digit"],
      ["Esc", "Hide the crosshair"],
    ],
  ],
  [
    "Inbox",
    [
      ["a", "Approve"],
      ["r", "Reject"],
      ["s", "Snooze for an hour"],
    ],
  ],
  ["Designer", [["n d h", "Add, duplicate, hide a schedule"]]],
];

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ShortcutList({ open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts" className="w-[44rem]">
      <div className="gap-x-10 sm:columns-2">
        {SHEET.map(([title, lines]) => (
          <section key={title} aria-label={title} className="mb-4 break-inside-avoid">
            <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
            <dl className="grid grid-cols-[5rem_1fr] items-center gap-y-1.5 text-sm">
              {lines.map(([keys, what]) => (
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
          </section>
        ))}
      </div>
    </Dialog>
  );
}
