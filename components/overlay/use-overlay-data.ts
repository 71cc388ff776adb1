"use client";

import { useQuery } from "@tanstack/react-query";
import type { Overlay } from "@/lib/contracts/overlay";
import { overlayRequest, type OverlayRequest } from "@/lib/presenters/charts/view";
import { overlayQuery } from "./queries";
import { useOverlayView, type OverlayViewState } from "./use-overlay-view";

export interface InitialOverlay {
  readonly query: OverlayRequest;
  readonly overlay: Overlay;
}

export interface OverlayData extends OverlayViewState {
  /** The window asked for; the one before while it is on its way. */
  readonly overlay: Overlay;
  /** The whole run by steps, whatever is zoomed to. */
  readonly whole: Overlay;
  readonly pending: boolean;
  readonly error: Error | null;
  retry: () => void;
}

/** The chart's view and data. `initial` is what the page was rendered with. */
export function useOverlayData(runId: string, initial: InitialOverlay): OverlayData {
  const state = useOverlayView();
  const request = overlayRequest(state.settled);
  const wholeRequest = overlayRequest({ ...state.settled, x: "step", window: null });
  const overlay = useQuery({ ...overlayQuery(runId, request), initialData: given(initial, request) });
  const whole = useQuery({ ...overlayQuery(runId, wholeRequest), initialData: given(initial, wholeRequest) });
  const data = overlay.data ?? initial.overlay;
  return {
    ...state,
    overlay: data,
    whole: whole.data ?? data,
    pending: overlay.isPlaceholderData,
    error: overlay.error ?? whole.error,
    retry: () => void Promise.all([overlay.refetch(), whole.refetch()]),
  };
}

function given(initial: InitialOverlay, query: OverlayRequest): Overlay | undefined {
  const fields = ["metrics", "from", "to", "buckets", "x"] as const;
  return fields.every((field) => initial.query[field] === query[field]) ? initial.overlay : undefined;
}
