"use client";

import { Keyboard } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";

const SHEET: readonly (readonly [keys: string, what: string])[] = [
  ["g h", "Home"],
  ["g i", "Inbox"],
  ["g d", "API docs"],
  ["/", "Filter the runs"],
  ["a", "Approve the first request shown"],
  ["r", "Reject the first request shown"],
  ["?", "This list"],
];

export function ShortcutSheet() {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  useShortcuts({
    "g h": () => router.push("/"),
    "g i": () => router.push("/inbox"),
    "g d": () => router.push("/docs/api"),
    "?": () => setOpen(true),
  });
  return (
    <>
      <IconButton
        label="Keyboard shortcuts"
        shortcut="?"
        onClick={() => setOpen(true)}
        className="max-md:hidden"
      >
        <Keyboard size={16} aria-hidden />
      </IconButton>
      <Dialog open={open} onOpenChange={setOpen} title="Keyboard shortcuts">
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
    </>
  );
}
