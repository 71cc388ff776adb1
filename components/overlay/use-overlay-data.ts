"use client";

import { useQuery } from "@tanstack/react-query";
import type { Overlay } from "@/lib/contracts/overlay";
import { overlayRequest, wholeRequest, type OverlayRequest } from "@/lib/presenters/charts/view";
import { overlayQuery } from "./queries";
import { useOverlayView, type OverlayViewState } from "./use-overlay-view";

interface GivenOverlay {
  readonly query: OverlayRequest;
  readonly overlay: Overlay;
}

/** What the page was rendered with: what is shown, and the whole run by steps; the same unless the URL asks for a part. */
export interface InitialOverlay {
  readonly shown: GivenOverlay;
  readonly whole: GivenOverlay;
}

export interface OverlayData extends OverlayViewState {
  /** The window asked for; the one before while it is on its way. */
  readonly overlay: Overlay;
  /** The whole run by steps, whatever is zoomed to. */
  readonly whole: Overlay;
  /** The whole run on the chart's own x; null while it is all shown, or on its way. */
  readonly around: Overlay | null;
  readonly pending: boolean;
  readonly error: Error | null;
  retry: () => void;
}

/** The chart's view and data. */
export function useOverlayData(runId: string, initial: InitialOverlay): OverlayData {
  const state = useOverlayView();
  const request = overlayRequest(state.settled);
  const overlay = useQuery({ ...overlayQuery(runId, request), initialData: given(initial, request) });
  const all = wholeRequest(state.settled);
  const whole = useQuery({ ...overlayQuery(runId, all), initialData: given(initial, all) });
  const aroundRequest = overlayRequest({ ...state.settled, window: null });
  const around = useQuery({
    ...overlayQuery(runId, aroundRequest),
    initialData: given(initial, aroundRequest),
    enabled: state.settled.window !== null,
  });
  const data = overlay.data ?? initial.shown.overlay;
  return {
    ...state,
    overlay: data,
    whole: whole.data ?? initial.whole.overlay,
    around: state.settled.window === null ? null : (around.data ?? null),
    pending: overlay.isPlaceholderData,
    error: overlay.error ?? whole.error,
    retry: () => void Promise.all([overlay.refetch(), whole.refetch()]),
  };
}

function given({ shown, whole }: InitialOverlay, query: OverlayRequest): Overlay | undefined {
  const fields = ["metrics", "from", "to", "buckets", "x"] as const;
  return [shown, whole].find((one) => fields.every((field) => one.query[field] === query[field]))?.overlay;
}
