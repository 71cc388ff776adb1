import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { Job } from "./job";
import { expect, test } from "./fixtures";

/** Two schedules, five seeds each, far enough apart to be told apart. */
async function seed(request: Parameters<typeof Job.start>[0], project: string) {
  for (const [name, level] of [
    ["cosine", 0.5],
    ["constant", 0.8],
  ] as const) {
    for (const seed of [0, 1, 2, 3, 4]) {
      const schedule =
        name === "cosine"
          ? { kind: "cosine", peak: 0.1, floor: 0, steps: 40 }
          : { kind: "constant", value: 0.1 };
      const job = await Job.start(request, {
        id: `${project}-${name}-${seed}`,
        project,
        name: `${name} ${seed}`,
        group: name,
        seed,
        schedule,
        total_steps: 40,
        config: { batch_size: name === "cosine" ? 64 : 128, seed },
      });
      await job.log(
        Array.from({ length: 40 }, (_, step) => ({
          step,
          metrics: { "val/loss": level + seed / 100 + 2 / (step + 1), lr: 0.1 },
        })),
      );
      await job.finish();
    }
  }
}

const verdict = (page: Page) => page.getByRole("region", { name: "Verdict" });
const chart = (page: Page) => page.getByRole("group", { name: /^val\/loss\. Arrow keys/ });

let project: string;

test.beforeAll(async ({ request }) => {
  project = `compare-${Date.now()}`;
  await seed(request, project);
});

test("from nothing chosen to a verdict, and the address holds it", async ({ page }) => {
  await page.goto("/compare");
  await page.getByRole("combobox", { name: "project" }).click();
  await page.getByRole("option", { name: project }).click();
  await page.getByRole("checkbox", { name: "cosine 0" }).click();
  await expect(page.getByRole("link", { name: "Compare 1 run" })).toBeVisible();
  await page.getByRole("link", { name: "Compare its 10 runs by schedule" }).click();
  await expect(page).toHaveURL(new RegExp(`project=${project}`));
  await expect(verdict(page)).toContainText(
    /cosine reaches a lower final val\/loss than constant: .*5 against 5 runs, exact p 0\.0079/,
  );
  await page.reload();
  await expect(verdict(page)).toContainText("cosine reaches a lower final val/loss");
  await expect(page.getByRole("table", { name: "Groups", exact: true })).toContainText(
    "cosine 0.1 → 0 over 40 steps",
  );
  await expect(page.getByRole("table", { name: "Pairs" })).toContainText("5 pairs by seed");
  await expect(page.getByRole("table", { name: /^Runs and what differs/ })).toContainText("batch_size");
});

test("the target is typed, moved by keys and dragged", async ({ page }) => {
  await page.goto(`/compare?project=${project}&metric=val/loss&scale=linear`);
  const field = page.getByRole("spinbutton", { name: "Target" });
  await field.fill("0.7");
  await field.press("Enter");
  await expect(page).toHaveURL(/target=0\.7/);
  await expect(page.getByText("5 of 5 got there").first()).toBeVisible();
  await expect(page.getByText("not reached", { exact: true })).toBeVisible();
  const line = page.getByRole("slider", { name: "Target" });
  await line.focus();
  await line.press("ArrowUp");
  await expect(page).not.toHaveURL(/target=0\.7(&|$)/);
  const before = page.url();
  const box = await line.boundingBox();
  if (!box) throw new Error("the target line has no place");
  await page.mouse.move(box.x + 40, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y - 80, { steps: 4 });
  await page.mouse.up();
  await expect(page).not.toHaveURL(before);
});

test("without a target its handle is dragged onto the chart", async ({ page }) => {
  await page.goto(`/compare?project=${project}&metric=val/loss&scale=linear`);
  await expect(page.getByText("drag to set a target")).toBeVisible();
  const box = await page.getByRole("slider", { name: "Target" }).boundingBox();
  if (!box) throw new Error("the handle has no place");
  await page.mouse.move(box.x + box.width - 20, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 20, box.y - 40, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/target=\d/);
  await expect(page.getByRole("heading", { name: /^Steps to \d.*, median$/ })).toBeVisible();
});

test("runs of two projects are chosen together, and schedules ranked over projects", async ({
  page,
  request,
}) => {
  const other = `${project}-other`;
  await seed(request, other);
  await page.goto("/compare");
  const choose = async (name: string, run: string) => {
    await page.getByRole("combobox", { name: "project" }).click();
    await page.getByRole("option", { name, exact: true }).click();
    await page.getByRole("checkbox", { name: run, exact: true }).click();
  };
  await choose(project, "cosine 0");
  await choose(other, "constant 0");
  await expect(page.getByRole("link", { name: "Compare 2 runs" })).toBeVisible();

  const over = page.getByRole("region", { name: "Rank schedules over several projects" });
  await over.getByRole("checkbox", { name: project, exact: true }).click();
  await expect(over.getByRole("button", { name: "Choose at least two projects" })).toBeDisabled();
  await over.getByRole("checkbox", { name: other, exact: true }).click();
  await over.getByRole("link", { name: "Rank over 2 projects" }).click();
  const ranking = page.getByRole("table", { name: "Average rank over projects" });
  await expect(ranking.getByRole("row").nth(1)).toContainText("cosine");
  await expect(ranking).toContainText(other);
});

test("a thousand chosen runs fit into an address", async ({ page }) => {
  const gone = Array.from({ length: 999 }, (_, i) => `a-run-that-was-here-once-upon-a-time-${i}`);
  await page.goto(`/compare?runs=${[`${project}-cosine-0`, ...gone].join(",")}&metric=val/loss&by=group`);
  await expect(verdict(page)).toContainText("999 of 1000 runs no longer exist.");
  await page.getByRole("combobox", { name: "at" }).click();
  await page.getByRole("option", { name: "best" }).click();
  await expect(page).toHaveURL(/at=best/);
  await expect(page.getByRole("heading", { name: /^best val\/loss, mean/ })).toBeVisible();
});

test("keys move one crosshair over both charts and zoom into them", async ({ page }) => {
  await page.goto(`/compare?project=${project}&metric=val/loss`);
  await expect(page.locator("canvas").nth(1)).toBeVisible();
  await chart(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("step 0", { exact: true })).toHaveCount(2);
  await page.keyboard.press("+");
  await expect(page).toHaveURL(/from=\d+/);
  await page.keyboard.press("0");
  await expect(page).not.toHaveURL(/from=\d+/);
});

test("a comparison is saved, opened again and exported", async ({ page }) => {
  await page.goto(`/compare?project=${project}&metric=val/loss&by=group`);
  await expect(verdict(page)).toContainText("cosine");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("textbox", { name: "Name" }).fill(`Which one, ${project}`);
  await page.getByRole("textbox", { name: "Notes" }).fill("Before the next sweep.");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page).toHaveURL(/saved=/);
  await page.goto("/compare");
  await page.getByRole("link", { name: `Which one, ${project}` }).click();
  await expect(verdict(page)).toContainText("Before the next sweep.");
  await expect(page).toHaveURL(/by=group/);

  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "HTML with pictures" }).click(),
  ]);
  const html = await readFile(await file.path(), "utf8");
  expect(html).toContain("Before the next sweep.");
  expect(html).toContain("<polyline");
  expect(html).not.toMatch(/<script|src=/);
  const offline = await page.context().newPage();
  const asked: string[] = [];
  offline.on("request", (sent) => asked.push(sent.url()));
  await offline.setContent(html);
  await expect(offline.getByRole("img")).toHaveCount(3);
  expect(asked).toEqual([]);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1280, height: 800 } });

    for (const [name, query] of [
      ["compare", "project=digits-cnn&by=group&target=0.1"],
      ["compare-start", ""],
    ] as const) {
      test(`${name} has no fault that axe finds`, async ({ page }) => {
        await page.goto(`/compare?${query}`);
        await expect(page.getByRole("checkbox").or(page.locator("canvas")).first()).toBeVisible();
        await expectAccessible(page);
        await page.screenshot({ path: `tests/e2e/shots/${name}-${colorScheme}.png` });
      });
    }
  });
}

test.describe("390 px", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("fits without scrolling sideways", async ({ page }) => {
    await page.goto("/compare?project=digits-cnn&by=group");
    await expect(page.locator("canvas").first()).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
