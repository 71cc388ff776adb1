"use client";

import { lazy, Suspense, useState, type ReactNode } from "react";
import { MenuItem } from "@/components/ui/menu";
import { togglePinned } from "@/lib/presenters/metrics/sections";
import { useArrangement } from "./arrangement";
import type { ChartActions } from "../download-menu";

const MoveDialog = lazy(() => import("./move-dialog").then((file) => ({ default: file.MoveDialog })));

interface Actions {
  readonly actions: ChartActions;
  /** To be put anywhere: what an action asks. */
  readonly dialog: ReactNode;
}

/** What can be done to a panel: draw it large, pin it, or move it to a section. */
export function usePanelActions(metric: string, onLarge?: () => void): Actions {
  const { panels, arrange } = useArrangement();
  const [moving, setMoving] = useState(false);
  const pinned = panels.pinned.includes(metric);
  const pin = () => arrange(togglePinned(panels, metric), `${pinned ? "Unpinned" : "Pinned"} ${metric}`);
  const items = (
    <>
      {onLarge ? <MenuItem onClick={onLarge}>Show large, at the top</MenuItem> : null}
      <MenuItem onClick={pin}>{pinned ? "Unpin" : "Pin for the project"}</MenuItem>
      <MenuItem onClick={() => setMoving(true)}>Move to a section…</MenuItem>
    </>
  );
  const dialog = moving ? (
    <Suspense fallback={null}>
      <MoveDialog metric={metric} onClose={() => setMoving(false)} />
    </Suspense>
  ) : null;
  return { actions: { label: `Actions for ${metric}`, items }, dialog };
}
