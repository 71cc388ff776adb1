"use client";

import { Keyboard } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";

/** Fetched when it is first asked for. */
const ShortcutList = dynamic(() => import("./shortcut-list").then((file) => file.ShortcutList), {
  ssr: false,
});

export function ShortcutSheet() {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const show = () => {
    setAsked(true);
    setOpen(true);
  };
  const router = useRouter();
  useShortcuts({
    "g h": () => router.push("/"),
    "g i": () => router.push("/inbox"),
    "g d": () => router.push("/docs/api"),
    "?": show,
  });
  return (
    <>
      <IconButton label="Keyboard shortcuts" shortcut="?" onClick={show} className="max-md:hidden">
        <Keyboard size={16} aria-hidden />
      </IconButton>
      {asked ? <ShortcutList open={open} onOpenChange={setOpen} /> : null}
    </>
  );
}
