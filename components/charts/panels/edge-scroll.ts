/** Pixels from the edge within which it scrolls, and by how many a frame at most. */
const ZONE = 96;
const SPEED = 14;

/** Scrolls what holds an element while a pointer stays near its upper or lower edge. */
export function edgeScroll(element: HTMLElement, onScroll: () => void) {
  const scroller = scrollerOf(element);
  let [at, frame] = [0, 0];
  const turn = () => {
    const by = speedAt(scroller, at);
    const before = scroller.scrollTop;
    if (by !== 0) scroller.scrollTop += by;
    const scrolled = scroller.scrollTop !== before;
    if (scrolled) onScroll();
    frame = scrolled ? requestAnimationFrame(turn) : 0;
  };
  return {
    near: (y: number) => {
      at = y;
      if (frame === 0) frame = requestAnimationFrame(turn);
    },
    stop: () => cancelAnimationFrame(frame),
  };
}

function scrollerOf(element: HTMLElement): Element {
  for (let outer = element.parentElement; outer; outer = outer.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(outer).overflowY);
    if (scrolls && outer.scrollHeight > outer.clientHeight) return outer;
  }
  return document.documentElement;
}

function speedAt(scroller: Element, y: number): number {
  const page = scroller === document.documentElement;
  const { top, bottom } = page ? { top: 0, bottom: window.innerHeight } : scroller.getBoundingClientRect();
  const over = Math.max(0, top + ZONE - y) - Math.max(0, y - bottom + ZONE);
  return Math.round((-Math.max(-ZONE, Math.min(ZONE, over)) / ZONE) * SPEED);
}
