import type { Spot } from "@/lib/presenters/metrics/arrange";
import type { Movable } from "./arrangement";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Somewhere to put what is held: a line on the screen, in front of or behind what stands there. */
export interface Place {
  readonly spot: Spot;
  readonly line: Box;
  /** What to scroll to. */
  readonly near: Element;
  readonly said: string;
}

/** Half of the gap between panels. */
const GAP = 4;

/** All places in the order of reading. One between two rows has two lines: behind the one row, in front of the next. */
export function placesOf(root: Element, item: Movable): Place[] {
  const sections = [...root.querySelectorAll<HTMLElement>("[data-section]")];
  if (item.kind === "section") {
    const movable = sections.filter((section) => section.dataset.fixed === undefined);
    const list = { elements: movable, id: "", title: "", rest: null, nameOf: sectionOf };
    return placesIn(list, item.id, edgeLines);
  }
  return sections.flatMap((section) => {
    const elements = [...section.querySelectorAll<HTMLElement>("[data-panel]")];
    const { section: id = "", title = "", rest = null } = section.dataset;
    if (elements.length === 0) return [behindHead(section, id, title)];
    const line = columnsOf(elements[0]) > 1 ? sideLines : edgeLines;
    return placesIn({ elements, id, title, rest, nameOf: panelOf }, item.id, line);
  });
}

const sectionOf = ({ dataset }: HTMLElement): string => dataset.section ?? "";
const panelOf = ({ dataset }: HTMLElement): string => dataset.panel ?? "";

interface List {
  elements: readonly HTMLElement[];
  id: string;
  title: string;
  /** What follows the last element without being drawn. */
  rest: string | null;
  nameOf: (element: HTMLElement) => string;
}

function placesIn(
  { elements, id, title, rest, nameOf }: List,
  held: string,
  line: typeof edgeLines,
): Place[] {
  const boxes = elements.map((element) => element.getBoundingClientRect());
  const others = elements.filter((element) => nameOf(element) !== held);
  return elements.concat(elements.slice(-1)).flatMap((near, i) => {
    const next = elements.slice(i).find((element) => nameOf(element) !== held);
    const before = next ? nameOf(next) : rest;
    const nth = next ? others.indexOf(next) : others.length;
    const said = `Place ${nth + 1} of ${others.length + 1}${title && ` in ${title}`}.`;
    return line(boxes, i).map((found) => ({ spot: { section: id, before }, line: found, near, said }));
  });
}

/** How many stand side by side in an element's row, or might. */
export function columnsOf(element: Element | undefined): number {
  const list = element?.parentElement;
  return list ? getComputedStyle(list).gridTemplateColumns.split(" ").length : 1;
}

/** Upright lines: left of a panel, and right of the one before it where a row ends between them. */
function sideLines(boxes: readonly DOMRect[], i: number): Box[] {
  const [last, next] = [boxes[i - 1], boxes[i]];
  const upright = (x: number, { top, bottom }: DOMRect): Box => ({ left: x, right: x, top, bottom });
  const lines = next ? [upright(next.left - GAP, next)] : [];
  return last && last.top !== next?.top ? [upright(last.right + GAP, last), ...lines] : lines;
}

/** Level lines: above what stands alone in its row, and below the last. */
function edgeLines(boxes: readonly DOMRect[], i: number): Box[] {
  const [last, next] = [boxes[i - 1], boxes[i]];
  const level = (y: number, { left, right }: DOMRect): Box => ({ left, right, top: y, bottom: y });
  if (next) return [level(next.top - GAP, next)];
  return last ? [level(last.bottom + GAP, last)] : [];
}

/** A closed section takes a panel at its end. */
function behindHead(section: HTMLElement, id: string, title: string): Place {
  const { left, right, bottom } = section.getBoundingClientRect();
  const line = { left, right, top: bottom, bottom };
  return { spot: { section: id, before: null }, line, near: section, said: `At the end of ${title}.` };
}

export function nearestPlace(
  places: readonly Place[],
  { x, y }: { x: number; y: number },
): Place | undefined {
  const away = ({ line }: Place): number =>
    Math.hypot(outside(x, line.left, line.right), outside(y, line.top, line.bottom));
  return places.reduce<Place | undefined>(
    (best, place) => (best && away(best) <= away(place) ? best : place),
    undefined,
  );
}

const outside = (at: number, from: number, to: number): number => Math.max(from - at, 0, at - to);

export const isSame = (a: Spot, b: Spot): boolean => a.section === b.section && a.before === b.before;

/** The place so many further on in reading; beyond a section's end the first of the next, beyond its start the last before. */
export function placeFurther(places: readonly Place[], from: Spot, by: number): Place | undefined {
  const own = places.filter(({ spot }, i) => places.findIndex((other) => isSame(other.spot, spot)) === i);
  const at = own.findIndex(({ spot }) => isSame(spot, from));
  const next = own[Math.min(Math.max(at + by, 0), own.length - 1)];
  if (next?.spot.section === from.section) return next;
  const elsewhere = ({ spot }: Place): boolean => spot.section !== from.section;
  return by > 0 ? own.slice(at).find(elsewhere) : own.slice(0, at).findLast(elsewhere);
}

/** Where what is held stands. */
export function homeOf(root: Element, item: Movable): Spot | null {
  const places = placesOf(root, item);
  const held = [...root.querySelectorAll<HTMLElement>(`[data-${item.kind}]`)].find(
    (element) => element.dataset[item.kind] === item.id,
  );
  return places.find(({ near }) => near === held)?.spot ?? null;
}
