"use client";

import { Columns3 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuCheck } from "@/components/ui/menu";
import { COLUMN_LOOK } from "./run-columns";

interface Props {
  hidden: readonly string[];
  onChange: (patch: Record<string, string | null>) => void;
}

/** Which columns of the runs table are shown. */
export function ColumnMenu({ hidden, onChange }: Props) {
  const toggle = (id: string, on: boolean) => {
    const next = on ? hidden.filter((other) => other !== id) : [...hidden, id];
    onChange({ hide: next.join(",") });
  };
  return (
    <Menu
      trigger={
        <IconButton label="Choose columns">
          <Columns3 size={16} aria-hidden />
        </IconButton>
      }
    >
      {Object.entries(COLUMN_LOOK)
        .filter(([id]) => id !== "name")
        .map(([id, { title }]) => (
          <MenuCheck key={id} checked={!hidden.includes(id)} onChange={(on) => toggle(id, on)}>
            {title}
          </MenuCheck>
        ))}
    </Menu>
  );
}
