import type { Page } from "@playwright/test";
import { Job } from "./job";
import { expect, test } from "./fixtures";

const STEPS = 400;
const PROJECT = `glance-${Date.now()}`;
const RUN = `/projects/${PROJECT}/runs/${PROJECT}`;

/** A step decay that is advanced twice with every step: the audit knows the mistake and its remedy. */
test.beforeAll(async ({ request }) => {
  const job = await Job.start(request, {
    id: PROJECT,
    project: PROJECT,
    name: PROJECT,
    total_steps: STEPS,
    schedule: { kind: "step", peak: 0.1, step_size: 100, gamma: 0.5 },
  });
  await job.log(
    Array.from({ length: STEPS }, (_, step) => ({
      step,
      metrics: {
        "train/loss": 2 * Math.exp(-step / 100) + 0.1 + 0.02 * Math.sin(step * 7),
        lr: 0.1 * 0.5 ** Math.floor(step / 50),
        ...(step % 10 === 9 ? { "val/loss": 2 * Math.exp(-step / 100) + 0.123456789 } : {}),
      },
    })),
  );
  await job.finish();
});

const tabs = (page: Page) => page.getByRole("tablist", { name: "About the run" });
const chart = (page: Page) => page.getByRole("group", { name: /Arrow keys/ }).first();

test.describe("1440 × 900", () => {
  test.use({ viewport: { width: 1440, height: 900 } });

  test("the chart, the figures and the tabs are in sight, side by side", async ({ page }) => {
    await page.goto(RUN);
    const figures = page.getByRole("region", { name: "Where the run stands" });
    await expect(figures).toBeInViewport({ ratio: 1 });
    await expect(figures).toContainText(/Best val\/loss.*at step 399/);
    await expect(chart(page)).toBeInViewport({ ratio: 1 });
    await expect(tabs(page)).toBeInViewport({ ratio: 1 });
    const [left, right] = [await chart(page).boundingBox(), await figures.boundingBox()];
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
    // A finished job takes no orders, and was given none.
    await expect(figures.getByText("Control")).toHaveCount(0);
  });

  test("what is clicked opens in the window, and the keyboard goes there", async ({ page }) => {
    await page.goto(RUN);
    const ask = page.getByRole("button", { name: "How to fix" });
    await ask.click();
    const findings = page.getByRole("region", { name: "Findings" });
    await expect(findings.getByText(/^To fix it:/)).toBeInViewport({ ratio: 1 });
    await expect(findings).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("tabpanel")).toBeFocused();
    await expect(tabs(page)).toBeInViewport({ ratio: 1 });
    // Asked again for the tab that is open.
    await page.evaluate(() => window.scrollTo(0, 0));
    await ask.click();
    await expect(findings).toBeInViewport({ ratio: 1 });
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.getByRole("button", { name: "Add a policy" }).first().click();
    await expect(page.getByText("No plateau policy")).toBeInViewport();
    // A tab keeps the keyboard.
    await page.getByRole("tab", { name: "Config" }).click();
    await expect(page.getByRole("tab", { name: "Config" })).toBeFocused();
  });

  test("the tabs stay where they are when a shorter one is chosen", async ({ page }) => {
    await page.goto(`${RUN}?tab=plateau`);
    await page.getByRole("tab", { name: /Plateau/ }).click();
    await expect(page.getByText("No plateau policy")).toBeInViewport();
    const before = await tabs(page).boundingBox();
    await page.getByRole("tab", { name: /Config/ }).click();
    await expect(page.getByRole("tab", { name: /Config/ })).toHaveAttribute("aria-selected", "true");
    expect((await tabs(page).boundingBox())?.y).toBe(before?.y);
  });

  test("the readout has four digits, copies them all, and is away while a stretch is chosen", async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto(RUN);
    await expect(page.locator("canvas").first()).toBeVisible();
    await chart(page).focus();
    await page.keyboard.press("End");
    const readout = chart(page).getByRole("table", { includeHidden: true });
    await expect(readout).toContainText(/val\/loss\s*0\.\d{4}\s*smoothed 0\.\d{4}/);
    await expect(readout).toContainText(/LR actual\s*\S+\s*×/);
    await page.keyboard.press("Control+c");
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^step 399\n/);
    expect(copied).toMatch(/val\/loss\t0\.\d{9,}/);

    const box = await chart(page).boundingBox();
    const at = (share: number) => (box?.x ?? 0) + (box?.width ?? 0) * share;
    const y = (box?.y ?? 0) + (box?.height ?? 0) / 2;
    await page.mouse.move(at(0.3), y);
    await expect(readout).toHaveCount(1);
    await page.mouse.down();
    await page.mouse.move(at(0.6), y);
    await expect(readout).toHaveCount(0);
    await page.mouse.up();
    await expect(page).toHaveURL(/from=\d+/);
  });
});

test.describe("390 px", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("a tab comes into view when it is asked for", async ({ page }) => {
    await page.goto(RUN);
    await page.getByRole("button", { name: "How to fix" }).click();
    await expect(
      page.getByRole("region", { name: "Findings" }).getByRole("paragraph").first(),
    ).toBeInViewport();
  });
});

test.describe("2560 px", () => {
  test.use({ viewport: { width: 2560, height: 1440 } });

  test("the chart takes the room, and the tabs are still in sight", async ({ page }) => {
    await page.goto(RUN);
    const box = await chart(page).boundingBox();
    expect(box?.width).toBeGreaterThan(1900);
    expect(box?.height).toBeGreaterThan(900);
    await expect(tabs(page)).toBeInViewport({ ratio: 1 });
  });
});
