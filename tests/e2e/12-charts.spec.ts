import type { APIRequestContext, Page } from "@playwright/test";
import { Job } from "./job";
import { expect, scrollTo, test } from "./fixtures";

const PROJECT = `charts-${Date.now()}`;
const STEPS = 300;
const SPIKE = 137;
const RUNS = ["a", "b", "c", "d"];

/** Two groups of two; one run has a spike of a single point, one a stretch of NaN, one no LR. */
async function logRuns(request: APIRequestContext): Promise<void> {
  for (const [i, name] of RUNS.entries()) {
    const job = await Job.start(request, {
      ...{ id: `${PROJECT}-${name}`, project: PROJECT, name, group: i < 2 ? "low" : "high" },
      ...{ total_steps: STEPS, config: { batch_size: 16 } },
    });
    await job.log(
      Array.from({ length: STEPS }, (_, step) => ({
        step,
        metrics: {
          "val/loss":
            i === 0 && step === SPIKE ? 50 : i === 1 && step > 200 && step < 210 ? "NaN" : 1 + i - step / 600,
          "val/acc": step / STEPS,
          tokens: step * 1000,
          ...(i === 3 ? {} : { lr: 0.1 }),
        },
      })),
    );
    await job.finish();
  }
}

const chart = (page: Page, name: string) =>
  page.getByRole("group", { name: new RegExp(`^${name.replace("/", "\\/")}\\..*Arrow keys`) }).first();

async function open(page: Page, search = ""): Promise<void> {
  await page.goto(`/projects/${PROJECT}${search}`);
  await expect(chart(page, "val/loss")).toBeVisible();
  await expect(page.locator("canvas").first()).toBeVisible();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

async function save(page: Page, item: string, button = 0): Promise<string> {
  await page.getByRole("button", { name: "Save the chart" }).nth(button).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: item }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await download).createReadStream()) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("latin1");
}

test.beforeAll(async ({ request }) => logRuns(request));

test("one crosshair and one zoom go through all charts of a project; the URL keeps the zoom", async ({
  page,
}) => {
  await open(page, "?show=acc");
  // A panel is drawn when it has come near the screen.
  await scrollTo(page.getByRole("heading", { name: "val/acc" }));
  await expect(chart(page, "val/acc")).toBeVisible();
  const asked = page.waitForResponse(
    (answer) => answer.url().endsWith("/series") && /"from":\d+/.test(answer.request().postData() ?? ""),
  );
  await chart(page, "val/loss").focus();
  await page.keyboard.press("Home");
  // The other charts show the place too, each with its value.
  await expect(page.getByText("step 0", { exact: true })).toHaveCount(1);
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  expect((await asked).ok()).toBe(true);
  await expect(page).toHaveURL(/from=.*to=/);
  await page.reload();
  await page.getByRole("button", { name: "Show all of x" }).click();
  await expect(page).not.toHaveURL(/from=/);
});

test("any metric, the samples and the clock can be x; what a run does not have is told", async ({ page }) => {
  await open(page);
  for (const [option, x] of [
    ["metric tokens", "metric"],
    ["samples", "samples"],
    ["time since start", "relative"],
    ["cumulative LR", "lr_sum"],
  ] as const) {
    const asked = page.waitForResponse(
      (answer) =>
        answer.url().endsWith("/series") && (answer.request().postData() ?? "").includes(`"x":"${x}`),
    );
    await choose(page, "x", option);
    expect((await asked).ok()).toBe(true);
    await expect(page).toHaveURL(new RegExp(`x=${x}`));
  }
  await expect(page.getByText("3 of 4 runs have val/loss")).toBeVisible();
});

test("samples are offered only where a configuration tells the batch size", async ({ page, request }) => {
  const project = `${PROJECT}-plain`;
  const job = await Job.start(request, { id: `${project}-a`, project, name: "a" });
  await job.log([{ step: 0, metrics: { loss: 1 } }]);
  await page.goto(`/projects/${project}/runs/${project}-a`);
  await page.getByRole("combobox", { name: "x", exact: true }).click();
  await expect(page.getByRole("option", { name: "metric loss" })).toBeVisible();
  await expect(page.getByRole("option", { name: "samples" })).toHaveCount(0);
});

test("a run's chart is drawn over another of its metrics", async ({ page }) => {
  await page.goto(`/projects/${PROJECT}/runs/${PROJECT}-a`);
  await expect(page.locator("canvas").first()).toBeVisible();
  await choose(page, "x", "metric tokens");
  await expect(page).toHaveURL(/x=metric%3Atokens/);
  const plot = page.getByRole("group", { name: /Arrow keys/ }).first();
  await plot.focus();
  await page.keyboard.press("End");
  await expect(page.getByText(`step ${STEPS - 1} · tokens 299000`, { exact: true })).toBeVisible();
});

test("a project's charts are saved as drawing, picture and data", async ({ page }) => {
  await open(page, "?group=group");
  await expect(page.getByRole("button", { name: "low (2)" })).toBeVisible();
  const svg = await save(page, "Save as SVG");
  expect(svg).toMatch(/^<svg/);
  expect(svg).not.toContain("<image");
  expect(svg).not.toContain("var(--");
  expect(svg.match(/<path d="M[^"]+L/g)?.length).toBeGreaterThanOrEqual(6);
  for (const text of ["val/loss", "low (2)", "high (2)", "step"]) expect(svg).toContain(`>${text}</text>`);
  const wellFormed = await page.evaluate(
    (text) => new DOMParser().parseFromString(text, "image/svg+xml").querySelector("parsererror") === null,
    svg,
  );
  expect(wellFormed).toBe(true);
  expect(await save(page, "Save as PNG")).toMatch(/^\x89PNG/);
  const csv = await save(page, "Save the data as CSV");
  const [head = ""] = csv.split("\r\n");
  expect(head.split(",")).toContain('"high');
  expect(await save(page, "Save the data as CSV", 1)).toContain("step");
});

test("a spike of one point is on the axis, and a NaN is marked", async ({ page }) => {
  await open(page);
  const svg = await save(page, "Save as SVG");
  expect(svg).toContain(">50</text>");
  expect(svg.match(/<polygon/g)?.length).toBeGreaterThanOrEqual(1);
});

test("panels are chosen by expression, pinned, and moved to a section of one's own", async ({ page }) => {
  await open(page);
  const further = page.getByRole("region", { name: "Further metrics" });
  await further.getByRole("searchbox").fill("^val/");
  await expect(further.getByRole("status")).toHaveText(/2 of 4/);
  const saved = () => page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok());
  await scrollTo(further.getByRole("heading", { name: "val/acc" }));
  const pinned = saved();
  await further.getByRole("button", { name: "Actions for val/acc" }).click();
  await page.getByRole("menuitem", { name: "Pin for the project" }).click();
  await pinned;
  await expect(further.getByRole("heading", { level: 2 }).first()).toHaveText(/Pinned/);
  await scrollTo(further.getByRole("heading", { name: "val/loss" }));
  const moved = saved();
  await further.getByRole("button", { name: "Actions for val/loss" }).click();
  await page.getByRole("menuitem", { name: "Move to a section" }).click();
  await page.getByRole("textbox", { name: "New section" }).fill("Losses");
  await page.keyboard.press("Enter");
  await moved;
  await open(page);
  await expect(further.getByRole("heading", { level: 2 })).toHaveText([
    /Pinned/,
    /Losses/,
    /Without a prefix/,
  ]);
  await page.goto(`/projects/${PROJECT}/runs/${PROJECT}-a?tab=metrics`);
  await expect(page.getByRole("tabpanel").getByRole("heading", { level: 2 }).nth(1)).toHaveText(/Losses/);
});

test("in a zoomed window nothing is painted that is not in its data", async ({ page, request }) => {
  const [id, project] = [`${PROJECT}-zoomed`, `${PROJECT}-zoomed`];
  const job = await Job.start(request, { id, project, name: "zoomed", total_steps: 3000 });
  // Noise on both sides of a stretch that has none: of the whole run a point is a bucket, of the stretch a value.
  const still = (step: number) => step >= 200 && step <= 800;
  await job.log(
    Array.from({ length: 3000 }, (_, step) => ({
      step,
      metrics: { "val/acc": still(step) ? 1 : 1 + (step % 2 === 0 ? 0.2 : -0.2) },
    })),
  );
  await job.finish();
  await page.goto(`/projects/${project}/runs/${id}?from=300&to=700`);
  const canvas = page.locator("canvas").first();
  await expect(canvas).toBeVisible();
  /** Rows of the middle column that are not the ground, of all. */
  const painted = () =>
    canvas.evaluate((element: HTMLCanvasElement) => {
      const [x, { height }] = [Math.round(element.width / 2), element];
      const pixels = element.getContext("2d")?.getImageData(x, 0, 1, height).data ?? new Uint8ClampedArray();
      const rows = Array.from({ length: height }, (_, y) => pixels.slice(4 * y, 4 * y + 4).join());
      const ground = rows.reduce<Map<string, number>>(
        (all, row) => all.set(row, (all.get(row) ?? 0) + 1),
        new Map(),
      );
      return { painted: height - Math.max(...ground.values()), line: ground.size > 2, height };
    });
  await expect.poll(async () => (await painted()).line).toBe(true);
  const found = await painted();
  // The line, the grid's and a label under the axis.
  expect(found.painted).toBeLessThan(found.height / 8);
});
