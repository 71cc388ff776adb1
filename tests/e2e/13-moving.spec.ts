import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { Job } from "./job";

/** Together more points than are drawn anew in every frame. */
const RUNS = 16;
const STEPS = 1000;
const PROJECT = `moving-${Date.now()}`;
const IDS = Array.from({ length: RUNS }, (_, i) => `${PROJECT}-${i}`);

test.beforeAll(async ({ request }) => {
  for (const [i, id] of IDS.entries()) {
    const job = await Job.start(request, { id, project: PROJECT, name: `run ${i}` });
    const loss = (step: number) => 1 + i / 4 + Math.exp(-step / 200) + 0.02 * Math.sin(step / 9);
    await job.log(
      Array.from({ length: STEPS }, (_, step) => ({ step, metrics: { "train/loss": loss(step) } })),
    );
    await job.finish();
  }
});

/** Counts the pictures that are copied onto a canvas: only a chart that moves is drawn so. */
const countCopies = (page: Page) =>
  page.addInitScript(() => {
    const { drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.drawImage = function (...args: unknown[]) {
      document.documentElement.dataset.copies = String(
        Number(document.documentElement.dataset.copies ?? 0) + 1,
      );
      Reflect.apply(drawImage, this, args);
    };
  });

const copies = (page: Page) => page.evaluate(() => Number(document.documentElement.dataset.copies ?? 0));

/** Opacity of each pixel, and how many there are to a row. */
const picture = (canvas: Locator) =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext("2d")?.getImageData(0, 0, element.width, element.height) ?? {
      data: [],
    };
    return { width: element.width, opacity: Array.from(data).filter((_, i) => i % 4 === 3) };
  });

type Picture = Awaited<ReturnType<typeof picture>>;

/** The share of what is drawn in one picture that has something drawn in another within two pixels of it. */
function covered(some: Picture, other: Picture): number {
  const near = (at: number) =>
    [-2, -1, 0, 1, 2].some((dy) =>
      [-2, -1, 0, 1, 2].some((dx) => (other.opacity[at + dy * other.width + dx] ?? 0) > 100),
    );
  const drawn = some.opacity.flatMap((opacity, at) => (opacity > 100 ? [at] : []));
  expect(drawn.length).toBeGreaterThan(1000);
  return drawn.filter(near).length / drawn.length;
}

test("many lines that move are where they will be at rest, and whole once they rest", async ({ page }) => {
  await countCopies(page);
  await page.goto(`/projects/${PROJECT}?runs=${IDS.join()}`);
  const chart = page.getByRole("group", { name: /^train\/loss\..*Arrow keys/ }).first();
  const canvas = chart.locator("canvas");
  await expect(canvas).toBeVisible();
  const before = await picture(canvas);
  await chart.focus();
  await page.keyboard.press("+");
  await page.waitForFunction(() => document.documentElement.dataset.copies);
  const moving = await picture(canvas);
  await expect(page).toHaveURL(/from=.*to=/);
  let count = -1;
  // It rests when nothing is copied any more.
  await expect(async () => {
    const [last, now] = [count, await copies(page)];
    count = now;
    expect(now).toBe(last);
  }).toPass({ intervals: [500] });
  const rest = await picture(canvas);
  await page.reload();
  await expect(canvas).toBeVisible();
  await expect.poll(async () => (await picture(canvas)).opacity.join() === rest.opacity.join()).toBe(true);
  expect(covered(moving, rest)).toBeGreaterThan(0.97);
  expect(covered(rest, moving)).toBeGreaterThan(0.97);
  expect(covered(before, rest)).toBeLessThan(0.9);
});
