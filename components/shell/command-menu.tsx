"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import { type Command, type CommandGroup, useCommands } from "./use-commands";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onShortcuts: () => void;
}

/** Type a few letters of where to go or what to do; Enter does it. */
export function CommandMenu({ open, onOpenChange, onShortcuts }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/30 transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup className="fixed top-[12dvh] left-1/2 z-50 flex w-[36rem] max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded-lg bg-overlay text-ink shadow-overlay transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
          <Dialog.Title className="sr-only">Find a page, a project, a run</Dialog.Title>
          <Commands onDone={() => onOpenChange(false)} onShortcuts={onShortcuts} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Commands({ onDone, onShortcuts }: { onDone: () => void; onShortcuts: () => void }) {
  const [text, setText] = useState("");
  const { groups, searching } = useCommands(text, onShortcuts);
  const act = (command: Command) => {
    onDone();
    command.run();
  };
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      autoHighlight="always"
      keepHighlight
      items={groups}
      value={text}
      onValueChange={(next, { reason }) => {
        if (reason !== "item-press") setText(next);
      }}
      itemToStringValue={(command: Command) => command.label}
    >
      <div className="relative border-b border-line">
        <Search size={16} aria-hidden className="absolute top-1/2 left-4 -translate-y-1/2 text-faint" />
        <Autocomplete.Input
          aria-label="Find a page, a project, a run"
          placeholder="Page, project, run or action"
          spellCheck={false}
          className="h-12 w-full bg-transparent pr-4 pl-11 text-base outline-none"
        />
      </div>
      <Autocomplete.List className="h-[min(24rem,60dvh)] overflow-y-auto overscroll-contain p-1">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="pb-1">
            <Autocomplete.GroupLabel className="px-3 pt-2 pb-1 text-xs font-medium text-muted">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  onClick={() => act(command)}
                  className="flex h-9 cursor-default items-center gap-3 rounded px-3 text-sm outline-none data-highlighted:bg-active"
                >
                  <span className="max-w-[70%] shrink-0 truncate">{command.label}</span>
                  <span className="min-w-0 flex-1 truncate text-muted">{command.about}</span>
                  {command.keys ? (
                    <span className="flex gap-1 max-sm:hidden">
                      {command.keys.split(" ").map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </span>
                  ) : null}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <Autocomplete.Status className="border-t border-line px-4 py-2 text-xs text-muted">
        {groups.length > 0
          ? "↑ ↓ to choose, Enter to go, Escape to close"
          : searching
            ? "Looking…"
            : "Nothing matches."}
      </Autocomplete.Status>
    </Autocomplete.Root>
  );
}
