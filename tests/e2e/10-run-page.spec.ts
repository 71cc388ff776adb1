import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { Job } from "./job";
import { expect, scrollTo, test } from "./fixtures";

const NAN_AT = 70;

/** Two runs with prefixes, system metrics, a stretch of NaN and configurations that differ. */
async function logRuns(request: APIRequestContext, project: string): Promise<[string, string]> {
  const ids: [string, string] = [`${project}-a`, `${project}-b`];
  for (const [seed, id] of ids.entries()) {
    const job = await Job.start(request, {
      ...{ id, project, name: id, seed, total_steps: 200 },
      schedule: { kind: "cosine", peak: 0.1, floor: 0, steps: 200 },
      config: { optimizer: { lr: 0.1, momentum: seed === 0 ? 0.9 : 0.8 }, depth: 18 },
    });
    await job.log(
      Array.from({ length: 200 }, (_, step) => ({
        step,
        metrics: {
          "train/loss": step === NAN_AT ? "NaN" : 2 - step / 200 + seed / 10,
          lr: 0.05 * (1 + Math.cos((Math.PI * step) / 200)),
          ...(step % 20 === 19 ? { "val/loss": 2 - step / 200 + seed / 10, "system/gpu_mem": 10 } : {}),
        },
      })),
    );
    await job.finish();
  }
  return ids;
}

const panel = (page: Page, name: string) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });

/** A panel is drawn when it has come near the screen. */
async function draw(page: Page, name: string): Promise<void> {
  await scrollTo(panel(page, name));
  await expect(panel(page, name).locator("canvas")).toBeVisible();
}

async function act(page: Page, metric: string, action: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${metric}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

const plot = (page: Page, name: string) => panel(page, name).getByRole("group", { name: /Arrow keys/ });

const PROJECT = `run-page-${Date.now()}`;
const RUN = `/projects/${PROJECT}/runs/${PROJECT}-b`;

test.beforeAll(async ({ request }) => {
  await logRuns(request, PROJECT);
});

test("notes are written with a preview, saved as Markdown, and taken back", async ({ page }) => {
  await page.goto(RUN);
  await page.getByRole("button", { name: "Write notes" }).click();
  await page.getByRole("textbox", { name: "Notes, in Markdown" }).fill("A **bold** plan\n\n- [x] first");
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.locator("strong", { hasText: "bold" })).toBeVisible();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved the notes")).toBeVisible();
  await page.reload();
  await expect(page.locator("strong", { hasText: "bold" })).toBeVisible();
  await page.getByRole("button", { name: "Edit notes" }).click();
  await page.getByRole("textbox", { name: "Notes, in Markdown" }).fill("Something else");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Something else")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.locator("strong", { hasText: "bold" })).toBeVisible();
});

test("a tag is put on and taken off", async ({ page, request }) => {
  await page.goto(RUN);
  await page.getByRole("textbox", { name: "Add a tag" }).fill("keep");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Remove the tag keep" })).toBeVisible();
  await expect(page.getByText("Tagged keep")).toBeVisible();
  expect((await (await request.get(`/api/v1/runs/${PROJECT}-b`)).json()).tags).toEqual(["keep"]);
  await page.getByRole("button", { name: "Remove the tag keep" }).click();
  await expect(page.getByRole("button", { name: "Remove the tag keep" })).toBeHidden();
});

test("the overview says how far the run is from the best, and compares the two", async ({ page }) => {
  await page.goto(RUN);
  await expect(page.getByText(/0\.1000 \(10 %\) above the best/)).toBeVisible();
  await page.getByRole("link", { name: "Compare", exact: true }).last().click();
  await expect(page).toHaveURL(new RegExp(`runs=${PROJECT}-a(,|%2C)${PROJECT}-b`));
});

test("metrics stand in sections, are searched by expression, and a section closes", async ({ page }) => {
  await page.goto(`${RUN}?tab=metrics`);
  const sections = page.getByRole("tabpanel").getByRole("heading", { level: 2 });
  await expect(sections).toHaveText([/Without a prefix/, /train/, /val/, /System/]);
  await page.getByRole("searchbox", { name: /Search metrics/ }).fill("^(train|val)/");
  await expect(sections).toHaveText([/train/, /val/]);
  await expect(panel(page, "train/loss")).toBeVisible();
  const train = page.getByRole("tabpanel").getByRole("button", { name: /^train/ });
  await train.press("Enter");
  await expect(train).toHaveAttribute("aria-expanded", "false");
  await expect(panel(page, "train/loss")).toBeHidden();
});

test("a pinned metric comes first in every run of the project", async ({ page }) => {
  await page.goto(`${RUN}?tab=metrics`);
  const saved = page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok());
  await draw(page, "val/loss");
  await act(page, "val/loss", "Pin for the project");
  await saved;
  await page.goto(`/projects/${PROJECT}/runs/${PROJECT}-a?tab=metrics`);
  await expect(page.getByRole("tabpanel").getByRole("heading", { level: 2 }).first()).toHaveText(/Pinned/);
  await draw(page, "val/loss");
  await act(page, "val/loss", "Unpin");
  await expect(page.getByRole("heading", { name: /Pinned/ })).toBeHidden();
});

test("one crosshair and one zoom for all panels and the chart above", async ({ page }) => {
  await page.goto(`${RUN}?tab=metrics`);
  await draw(page, "lr");
  await draw(page, "train/loss");
  await plot(page, "train/loss").focus();
  await page.keyboard.press("End");
  // The table behind the chart has every digit; four of them are the crosshair's.
  await expect(panel(page, "lr").getByText("6.168e-6", { exact: true })).toBeVisible();
  const asked = page.waitForResponse(
    (answer) => answer.url().endsWith("/series") && /"from":\d+/.test(answer.request().postData() ?? ""),
  );
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  expect((await asked).ok()).toBe(true);
  await expect(page).toHaveURL(/from=\d+&to=\d+/);
  await expect(page.getByRole("button", { name: /steps \d+ to \d+/ })).toBeVisible();
  await plot(page, "train/loss").focus();
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/from=/);
});

test("a chart is saved as SVG that holds its line", async ({ page }) => {
  await page.goto(RUN);
  await expect(page.locator("canvas").first()).toBeVisible();
  await page.getByRole("button", { name: "Save the chart" }).first().click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Save as SVG" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/\.svg$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
  const svg = Buffer.concat(chunks).toString();
  const wellFormed = await page.evaluate(
    (text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror") === null,
    svg,
  );
  expect(wellFormed).toBe(true);
  expect(svg).toMatch(/<path d="M[^"]+L/);
  expect(svg).not.toContain("var(--");
});

test("raw data is paged, jumped to by step, and leads back to the chart", async ({ page }) => {
  await page.goto(`${RUN}?tab=metrics&view=raw`);
  const table = page.getByRole("group", { name: /Observations of/ });
  await page.getByRole("combobox", { name: "metric" }).click();
  await page.getByRole("option", { name: "train/loss" }).click();
  await expect(table.getByRole("row")).toHaveCount(101);
  await page.getByRole("button", { name: "Later" }).click();
  await expect(table.getByRole("rowheader").first()).toHaveText("100");
  await expect(page.getByRole("button", { name: "Later" })).toBeDisabled();
  await page.getByRole("spinbutton", { name: "First step to show" }).fill(String(NAN_AT));
  await page.keyboard.press("Enter");
  await expect(table.getByRole("row").nth(1)).toContainText("NaN");
  await table.getByRole("button", { name: String(NAN_AT), exact: true }).click();
  await expect(page).toHaveURL(/from=\d+/);
});

test("the configuration is compared with another run's", async ({ page }) => {
  await page.goto(`${RUN}?tab=config`);
  await page.getByRole("button", { name: "Compare with another run" }).click();
  await page.getByRole("searchbox", { name: /Find a run/ }).fill(`${PROJECT}-a`);
  await page.getByRole("button", { name: new RegExp(`${PROJECT}-a`) }).click();
  await expect(page.getByText("1 entry differs of 3.")).toBeVisible();
  const rows = page.getByRole("group", { name: "Configurations side by side" }).getByRole("row");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("optimizer.momentum");
  await page.getByRole("checkbox", { name: "Show equal entries too" }).click();
  await expect(rows).toHaveCount(4);
});

/** Titles must not hold the project's name, which each process makes anew. */
const VIEWS = [
  ["overview", ""],
  ["metrics", "?tab=metrics"],
  ["figures", "?tab=metrics&view=figures"],
  ["raw data", "?tab=metrics&view=raw"],
  ["two configurations", `?tab=config&against=${PROJECT}-a`],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [name, view] of VIEWS) {
      test(`${name}: no fault that axe finds`, async ({ page }) => {
        await page.goto(RUN + view);
        await expect(page.locator("canvas").first()).toBeVisible();
        await expectAccessible(page);
      });
    }
  });
}

test.describe("390 px", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const [name, view] of VIEWS) {
    test(`${name}: fits without scrolling sideways`, async ({ page }) => {
      await page.goto(RUN + view);
      await expect(page.locator("canvas").first()).toBeVisible();
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
});
