import type { Spot } from "@/lib/presenters/metrics/arrange";
import type { Grabbed, Point } from "./arrangement";
import {
  columnsOf,
  homeOf,
  isSame,
  nearestPlace,
  placeFurther,
  placesOf,
  type Box,
  type Place,
} from "./drop-places";
import { edgeScroll } from "./edge-scroll";

/** What of it is seen. */
export interface Shown {
  readonly line: Box | null;
  readonly at: Point | null;
}

interface Out {
  show: (shown: Shown) => void;
  say: (text: string) => void;
  /** null: it stays where it was. */
  end: (spot: Spot | null) => void;
}

const BY_KEY: Readonly<Record<string, (row: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (row) => -row,
  ArrowDown: (row) => row,
};

/** Holds something until it is put down or given up; returns what lets it go. */
export function hold(root: HTMLElement, { item, grip, pointer, at }: Grabbed, out: Out): () => void {
  const places = () => placesOf(root, item);
  const home = homeOf(root, item);
  let place: Place | null = places().find(({ spot }) => home && isSame(spot, home)) ?? null;
  let point = at;

  const put = (next: Place | undefined) => {
    if (next && !(place && isSame(next.spot, place.spot))) out.say(next.said);
    place = next ?? place;
    out.show({ line: place && home && !isSame(place.spot, home) ? place.line : null, at: point });
  };
  const follow = () => point && put(nearestPlace(places(), point));
  const scroll = edgeScroll(root, follow);
  const end = (spot: Spot | null) => {
    out.say(spot ? `${item.title} is put down.` : `${item.title} stays where it was.`);
    out.end(spot);
  };
  const giveUp = () => end(null);
  const putDown = () => end(place && home && !isSame(place.spot, home) ? place.spot : null);

  const another = (event: MouseEvent) =>
    pointer !== null && event instanceof PointerEvent && event.pointerId !== pointer;
  const onMove = (event: MouseEvent) => {
    if (another(event)) return;
    if (!grip.isConnected) return giveUp();
    point = { x: event.clientX, y: event.clientY };
    scroll.near(point.y);
    follow();
  };
  const onKey = (event: KeyboardEvent) => {
    const by = BY_KEY[event.key];
    if (event.key === "Tab") return giveUp();
    if (event.key !== "Escape" && !by) return;
    event.preventDefault();
    event.stopPropagation();
    if (!by || !place) return giveUp();
    point = null;
    const next = placeFurther(places(), place.spot, by(columnsOf(place.near)));
    next?.near.scrollIntoView({ block: "nearest" });
    // Where it is on the screen after that.
    put(next && places().find(({ spot }) => isSame(spot, next.spot)));
  };
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    // A touch has not moved before; the keyboard's click has no place of its own.
    if (event.detail > 0) onMove(event);
    putDown();
  };

  if (pointer !== null && !grip.hasPointerCapture(pointer)) {
    // Let go before this was there.
    out.end(null);
    return () => undefined;
  }
  grip.focus({ preventScroll: true });
  out.say(
    `${item.title} is held. ${place?.said ?? ""} Arrow keys move it, Space puts it down, Escape gives up.`,
  );
  follow();
  const done = new AbortController();
  const listening = { capture: true, signal: done.signal };
  window.addEventListener("pointermove", onMove, listening);
  window.addEventListener("keydown", onKey, listening);
  window.addEventListener("blur", giveUp, { signal: done.signal });
  if (pointer === null) window.addEventListener("click", onClick, listening);
  else {
    window.addEventListener("pointerup", (event) => another(event) || putDown(), listening);
    window.addEventListener("pointercancel", (event) => another(event) || giveUp(), listening);
  }
  return () => {
    done.abort();
    scroll.stop();
  };
}
