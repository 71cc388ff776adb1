"use client";

import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";

/** Fetched when it is first asked for. */
const CommandMenu = dynamic(() => import("./command-menu").then((file) => file.CommandMenu), { ssr: false });

/** Opens the command menu, as Ctrl K and ⌘ K do from anywhere, also while typing. */
export function CommandButton({ onShortcuts }: { onShortcuts: () => void }) {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const show = () => {
    setAsked(true);
    setOpen(true);
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      setAsked(true);
      setOpen((now) => !now);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <IconButton label="Find a page, a project, a run" shortcut="Ctrl K" onClick={show}>
        <Search size={16} aria-hidden />
      </IconButton>
      {asked ? <CommandMenu open={open} onOpenChange={setOpen} onShortcuts={onShortcuts} /> : null}
    </>
  );
}
