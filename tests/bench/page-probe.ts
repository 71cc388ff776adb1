import type { Browser, CDPSession } from "@playwright/test";
import { blockingCpu, TRACE_CATEGORIES } from "./cpu-tasks";
import { median } from "./figures";
import { performanceScore, type PageTimes } from "./lighthouse-score";

/**
 * Lighthouse's desktop profile (core/config/constants.js, desktopDense4G): 1350 × 940, 10 Mbit/s, 40 ms round trip,
 * applied as its DevTools throttling applies them (3.75 round trips a request, 0.9 of the bandwidth), no slower CPU.
 */
const VIEWPORT = { width: 1350, height: 940 };
const NETWORK = { offline: false, latency: 40 * 3.75, rate: (0.9 * 10 * 1024 * 1024) / 8 };
/** The page is done when for this long nothing was fetched and no task was long. */
const QUIET_MS = 2000;

export interface PageFigures extends PageTimes {
  /** When what the page is for can be used: the first row, the first drawn chart. */
  ready: number;
  /** `tbt` by the processor's clock, and the score with it. */
  cpuTbt: number;
  cpuScore: number;
  requests: number;
  /**
   * Compressed kilobytes (1000 bytes) of scripts: those that the document names; with those that the page then ran by
   * itself, as for its chart; with those that it fetched ahead for pages that its links lead to.
   */
  documentJs: number;
  ranJs: number;
  allJs: number;
  score: number;
}

/** A page as someone meets it who was never here, `times` times, each figure's median. */
export async function probePage(
  browser: Browser,
  url: string,
  ready: string,
  times: number,
  throttle = true,
): Promise<PageFigures> {
  const runs: Omit<PageFigures, "score" | "cpuScore">[] = [];
  for (let i = 0; i < times; i += 1) runs.push(await visit(browser, url, ready, throttle));
  const of = (key: keyof (typeof runs)[number]) => median(runs.map((run) => run[key]));
  const figures = {
    fcp: of("fcp"),
    lcp: of("lcp"),
    tbt: of("tbt"),
    cls: of("cls"),
    speedIndex: of("speedIndex"),
    ready: of("ready"),
    cpuTbt: of("cpuTbt"),
    requests: of("requests"),
    documentJs: of("documentJs"),
    ranJs: of("ranJs"),
    allJs: of("allJs"),
  };
  const cpuScore = performanceScore({ ...figures, tbt: figures.cpuTbt });
  return { ...figures, score: performanceScore(figures), cpuScore };
}

async function visit(browser: Browser, url: string, ready: string, throttle: boolean) {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    const page = await context.newPage();
    const scripts = await watchScripts(await context.newCDPSession(page), throttle);
    // tsx wraps the functions below in a helper of its own, which the page does not have.
    await page.addInitScript({ content: "globalThis.__name ??= (named) => named;" });
    await page.addInitScript(observe);
    await browser.startTracing(page, { categories: TRACE_CATEGORIES });
    const response = await page.goto(url, { waitUntil: "load" });
    const html = (await response?.text()) ?? "";
    const readyAt = await page.waitForFunction(isReady, ready).then((handle) => handle.jsonValue());
    await page.waitForFunction(isQuiet, QUIET_MS);
    const cpuTbt = blockingCpu(await browser.stopTracing());
    const { fcp, lcp, tbt, cls, requests, ran } = await page.evaluate(collect);
    const named = [...scripts()].filter(([path]) => html.includes(path));
    const run = [...scripts()].filter(([path]) => ran.includes(path));
    return {
      fcp,
      lcp,
      tbt,
      cpuTbt,
      cls,
      requests,
      ready: readyAt ?? Number.NaN,
      // Nothing that counts changes after both.
      speedIndex: Math.max(lcp, readyAt ?? 0),
      documentJs: kilobytes(named),
      ranJs: kilobytes(run),
      allJs: kilobytes([...scripts()]),
    };
  } finally {
    await context.close();
  }
}

const kilobytes = (scripts: readonly (readonly [string, number])[]) =>
  scripts.reduce((sum, [, bytes]) => sum + bytes, 0) / 1000;

/** Bytes on the wire of each script so far, by path. */
async function watchScripts(cdp: CDPSession, throttle: boolean): Promise<() => Map<string, number>> {
  const paths = new Map<string, string>();
  const bytes = new Map<string, number>();
  cdp.on("Network.responseReceived", ({ requestId, response, type }) => {
    if (type === "Script") paths.set(requestId, new URL(response.url).pathname);
  });
  cdp.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId);
    if (path !== undefined) bytes.set(path, (bytes.get(path) ?? 0) + encodedDataLength);
  });
  await cdp.send("Network.enable");
  if (throttle) {
    await cdp.send("Network.emulateNetworkConditions", {
      offline: NETWORK.offline,
      latency: NETWORK.latency,
      downloadThroughput: NETWORK.rate,
      uploadThroughput: NETWORK.rate,
    });
  }
  return () => bytes;
}

// What follows runs in the page.

interface Seen {
  lcp: number;
  shifts: { at: number; value: number }[];
  longTasks: { at: number; duration: number }[];
}
declare global {
  interface Window {
    lrscopeSeen?: Seen;
  }
}

function observe() {
  const seen: Seen = { lcp: 0, shifts: [], longTasks: [] };
  window.lrscopeSeen = seen;
  const watch = (type: string, take: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => (seen.lcp = entry.startTime));
  watch("longtask", (entry) => seen.longTasks.push({ at: entry.startTime, duration: entry.duration }));
  watch("layout-shift", (entry) => {
    const { value, hadRecentInput } = { value: 0, hadRecentInput: false, ...entry.toJSON() };
    if (!hadRecentInput) seen.shifts.push({ at: entry.startTime, value });
  });
}

/** When the selector's first element is there, and, for a canvas, something is drawn on it; null until then. */
function isReady(selector: string): number | null {
  const found = document.querySelector(selector);
  if (!found || found.getClientRects().length === 0) return null;
  if (found instanceof HTMLCanvasElement) {
    if (found.width === 0 || found.height === 0) return null;
    const small = new OffscreenCanvas(64, 16).getContext("2d");
    small?.drawImage(found, 0, 0, 64, 16);
    const pixels = small?.getImageData(0, 0, 64, 16).data ?? [];
    if (!pixels.some((channel) => channel > 0)) return null;
  }
  return performance.now();
}

function isQuiet(ms: number): boolean {
  const ends = [
    ...performance.getEntriesByType("resource").map((entry) => entry.startTime + entry.duration),
    ...(window.lrscopeSeen?.longTasks ?? []).map(({ at, duration }) => at + duration),
  ];
  return performance.now() - Math.max(0, ...ends) > ms;
}

function collect() {
  const { lcp = 0, shifts = [], longTasks = [] } = window.lrscopeSeen ?? {};
  const fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  // Sessions of shifts less than 1 s apart, 5 s at most; the worst one counts.
  let [cls, session, begun, last] = [0, 0, -Infinity, -Infinity];
  for (const { at, value } of shifts) {
    if (at - last > 1000 || at - begun > 5000) [session, begun] = [0, at];
    session += value;
    last = at;
    cls = Math.max(cls, session);
  }
  const blocking = longTasks.map(({ at, duration }) => {
    const from = Math.max(at + 50, fcp);
    return Math.max(0, at + duration - from);
  });
  return {
    fcp,
    lcp,
    cls,
    tbt: blocking.reduce((sum, ms) => sum + ms, 0),
    requests: performance.getEntriesByType("resource").length + 1,
    ran: [...document.scripts].filter(({ src }) => src !== "").map(({ src }) => new URL(src).pathname),
  };
}
