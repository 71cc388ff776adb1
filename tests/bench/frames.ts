import { loadavg } from "node:os";
import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { launchOptions } from "@/tests/support/browser";
import { percentile, report, round } from "./figures";
import type { Client } from "./http-client";
import { benchSeries } from "./series";

const RUNS = 100;
const BATCH = 10_000;
const FRAMES = 180;
const PROJECT = "bench-frames";
const IDS = Array.from({ length: RUNS }, (_, i) => `frames-${i}`);
/** Only ends a wait for what never comes. */
const PATIENCE_MS = 300_000;

/** A noisy loss that falls at its own pace, and a cosine for its LR; ended, so that nothing on the page goes on. */
async function fill(client: Client, index: number, points: number): Promise<void> {
  const id = `frames-${index}`;
  await client.post("/api/v1/runs", { id, project: PROJECT, name: id, total_steps: points });
  for (let from = 0; from < points; from += BATCH) {
    const count = Math.min(BATCH, points - from);
    const batch = Array.from({ length: count }, (_, i) => {
      const step = from + i;
      const noise = Math.sin(step * 12.9898 + index * 78.233) * 0.1;
      const loss = Math.exp((-step * (1 + index / RUNS)) / (points / 4)) + 0.2 + noise * 0.5;
      return { step, metrics: { "train/loss": loss, lr: 1 + Math.cos((Math.PI * step) / points) } };
    });
    await client.post(`/api/v1/runs/${id}/metrics`, { points: batch });
  }
  await client.post(`/api/v1/runs/${id}/finish`, {});
}

/** Seconds from asking for the page until both charts of all runs are drawn. */
async function open(page: Page, url: string): Promise<number> {
  const start = performance.now();
  await page.goto(`${url}/projects/${PROJECT}?runs=${IDS.join(",")}&metric=train%2Floss`);
  await page.getByRole("group", { name: /^train\/loss\..*Arrow keys/ }).waitFor();
  await page.locator("canvas").nth(1).waitFor();
  return (performance.now() - start) / 1000;
}

/** The points of a stretch of x have come in; those that a further gesture made needless are not waited for. */
const part = (page: Page) =>
  page.waitForEvent(
    "requestfinished",
    (request) => request.url().endsWith("/series") && (request.postData() ?? "").includes('"from"'),
  );

async function zoomIn(page: Page): Promise<void> {
  await page.keyboard.down("Control");
  for (let i = 0; i < 4; i += 1) await page.mouse.wheel(0, -60);
  await page.keyboard.up("Control");
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

interface Measured {
  /** Milliseconds between frames. */
  frames: number[];
  busyMs: number;
}

/** One event of a gesture in each frame, as a fast hand gives it, and how long the frames then are. */
async function gesture(page: Page, session: CDPSession, kind: "pan" | "zoom"): Promise<Measured> {
  const before = await busySeconds(session);
  const frames = await page.evaluate(
    async ({ kind, count }) => {
      const box = document.querySelector('[aria-roledescription="chart"]');
      if (!box) throw new Error("there is no chart");
      const { left, top, width, height } = box.getBoundingClientRect();
      // No function with a name in here: tsx would mark it with a helper that the page does not have.
      const event = { clientY: top + height / 2, bubbles: true, cancelable: true };
      const deltas: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      for (let i = 0; i < count; i += 1) {
        const wave = Math.sin((i / count) * 6 * Math.PI);
        box.dispatchEvent(
          kind === "pan"
            ? new PointerEvent("pointermove", {
                ...{ ...event, clientX: left + width * (0.5 + 0.3 * wave), shiftKey: true, pointerId: 1 },
              })
            : new WheelEvent("wheel", {
                ...{ ...event, clientX: left + width / 2, ctrlKey: true, deltaY: 20 * Math.sign(wave || 1) },
              }),
        );
        const now = await new Promise<number>(requestAnimationFrame);
        deltas.push(now - last);
        last = now;
      }
      return deltas;
    },
    { kind, count: FRAMES },
  );
  return { frames, busyMs: ((await busySeconds(session)) - before) * 1000 };
}

function tell(name: string, { frames, busyMs }: Measured, details: Record<string, number>): void {
  const sum = frames.reduce((total, frame) => total + frame, 0);
  report({
    name,
    value: (1000 * frames.length) / sum,
    unit: "frames/s",
    median_ms: round(percentile(frames, 0.5)),
    p95_ms: round(percentile(frames, 0.95)),
    cpu_ms_a_frame: round(busyMs / frames.length),
    load: round(loadavg()[0] ?? 0),
    ...details,
  });
}

async function measure(browser: Browser, url: string, points: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on("pageerror", (error) => {
    throw error;
  });
  const session = await page.context().newCDPSession(page);
  // Time on the processor, not on the clock: what other processes take does not count.
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const seconds = await open(page, url);
  const details = { runs: RUNS, points };
  report({ name: "100 runs drawn, from asking for the page", value: seconds, unit: "s", ...details });
  const box = await page.locator('[aria-roledescription="chart"]').first().boundingBox();
  if (!box) throw new Error("the chart has no box");
  // A third of it, so that there is somewhere to pan to.
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await Promise.all([part(page), zoomIn(page)]);
  await page.keyboard.down("Shift");
  await page.mouse.down();
  const [, panned] = await Promise.all([part(page), gesture(page, session, "pan")]);
  await page.mouse.up();
  await page.keyboard.up("Shift");
  tell("pan, 100 runs on two charts", panned, details);
  tell("zoom, 100 runs on two charts", await gesture(page, session, "zoom"), details);
  await page.close();
}

/** What a hundred runs drawn together load; then opens their project in Chromium, pans and zooms by script. */
export async function benchFrames(
  client: Client,
  { url, pid }: { url: string; pid: number },
  points: number,
): Promise<void> {
  for (let index = 0; index < RUNS; index += 1) await fill(client, index, points);
  await benchSeries(client, pid, IDS, ["train/loss", "lr"]);
  const browser = await chromium.launch(launchOptions);
  try {
    await measure(browser, url, points);
  } finally {
    await browser.close();
  }
}
