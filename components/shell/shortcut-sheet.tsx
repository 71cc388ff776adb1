"use client";

import { Keyboard } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandButton } from "@/components/shell/command-button";
import { PAGES } from "@/components/shell/pages";
import { IconButton } from "@/components/ui/icon-button";
import { useShortcuts } from "@/lib/client/keyboard/use-shortcuts";

/** Fetched when it is first asked for. */
const ShortcutList = dynamic(() => import("./shortcut-list").then((file) => file.ShortcutList), {
  ssr: false,
});

/** The command menu and the list of keys. */
export function ShortcutSheet() {
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState(false);
  const show = () => {
    setAsked(true);
    setOpen(true);
  };
  const router = useRouter();
  const pages = PAGES.map(({ keys, href }) => [keys, () => router.push(href)] as const);
  useShortcuts({ ...Object.fromEntries(pages), "g p": () => router.push("/"), "?": show });
  return (
    <>
      <CommandButton onShortcuts={show} />
      <IconButton label="Keyboard shortcuts" shortcut="?" onClick={show} className="max-md:hidden">
        <Keyboard size={16} aria-hidden />
      </IconButton>
      {asked ? <ShortcutList open={open} onOpenChange={setOpen} /> : null}
    </>
  );
}
