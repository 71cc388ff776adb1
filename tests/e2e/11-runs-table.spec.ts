import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { Job } from "./job";
import { expect, test } from "./fixtures";

const PROJECT = `runs-table-${Date.now()}`;
const MANY = `runs-many-${Date.now()}`;
const HOW_MANY = 2000;
const FAMILIES = ["constant", "cosine", "step"] as const;
const STEPS = 40;

const scheduleOf = (family: (typeof FAMILIES)[number]) =>
  ({
    constant: { kind: "constant", value: 0.1 },
    cosine: { kind: "cosine", peak: 0.1, floor: 0, steps: STEPS },
    step: { kind: "step", peak: 0.1, step_size: 20, gamma: 0.1 },
  })[family];

/** Three schedules, three seeds each; the losses of a family end 0.1 apart, those of a seed 0.01. */
async function logRuns(request: APIRequestContext): Promise<void> {
  for (const [f, family] of FAMILIES.entries()) {
    for (let seed = 0; seed < 3; seed += 1) {
      const job = await Job.start(request, {
        ...{ id: `${PROJECT}-${family}-${seed}`, project: PROJECT, name: `${family}-s${seed}`, seed },
        ...{ schedule: scheduleOf(family), total_steps: STEPS, tags: seed === 0 ? ["first"] : [] },
        config: { optimizer: { lr: 0.1 / (seed + 1) }, batch_size: 32 },
      });
      const end = 0.1 * (f + 1) + seed / 100;
      await job.log(
        Array.from({ length: STEPS }, (_, step) => ({
          step,
          metrics: {
            "val/loss": end + (STEPS - 1 - step) / 50,
            "val/acc": 0.5 + step / 100,
            "train/loss": end + (STEPS - 1 - step) / 40,
            lr: family === "constant" ? 0.1 : 0.1 * (1 - step / STEPS),
          },
        })),
      );
      await job.finish();
    }
  }
}

async function createMany(request: APIRequestContext): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < HOW_MANY) {
      const i = next++;
      const answer = await request.post("/api/v1/runs", {
        data: { id: `${MANY}-${i}`, project: MANY, name: `many-${String(i).padStart(4, "0")}`, seed: i },
      });
      expect(answer.status()).toBe(201);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

const URL_OF = `/projects/${PROJECT}`;
const table = (page: Page) => page.getByRole("table", { name: "Runs", exact: true });
const names = (page: Page) => table(page).getByRole("link");
const heads = (page: Page) => table(page).getByRole("columnheader");
const filter = (page: Page) => page.getByRole("combobox", { name: "Filter runs" });
const tick = (page: Page, name: string) => page.getByRole("checkbox", { name: `Select ${name}` });
const chosen = (page: Page) => page.getByRole("toolbar", { name: "Chosen runs" });
const column = (page: Page, title: string) => heads(page).filter({ hasText: title });

/** Takes back what the notice that begins so tells. */
const undo = (page: Page, what: string) =>
  page
    .getByLabel("Notices")
    .locator("> *")
    .filter({ hasText: new RegExp(`^${what}`) })
    .getByRole("button", { name: "Undo" })
    .click();

async function open(page: Page, search = ""): Promise<void> {
  await page.goto(URL_OF + search);
  await expect(names(page).first()).toBeVisible();
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: label, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test.beforeAll(async ({ request }) => {
  await logRuns(request);
});

test("filters by the query language, says where a query is wrong, and the URL restores it", async ({
  page,
}) => {
  await open(page);
  await expect(names(page)).toHaveCount(9);
  await page.keyboard.press("/");
  await expect(filter(page)).toBeFocused();
  await filter(page).fill("schedule:cosine config.optimizer.lr<0.1");
  await expect(names(page)).toHaveText(["cosine-s2", "cosine-s1"]);
  await page.reload();
  await expect(names(page)).toHaveText(["cosine-s2", "cosine-s1"]);
  await expect(filter(page)).toHaveValue("schedule:cosine config.optimizer.lr<0.1");
  await filter(page).fill("seed<(");
  await expect(filter(page)).toHaveAttribute("aria-invalid", "true");
  await filter(page).fill("nothing-is-called-this");
  await page.getByRole("button", { name: "Show all runs" }).click();
  await expect(names(page)).toHaveCount(9);
});

test("groups show mean and interval, the charts draw them, and a group folds", async ({ page }) => {
  await open(page);
  await choose(page, "group by", "schedule");
  const group = page.getByRole("button", { name: /^cosine 3/ });
  await expect(group).toBeVisible();
  // 0.20, 0.21, 0.22: mean 0.21, half-width t(2) · 0.01 / √3 = 0.0248.
  await expect(table(page).getByRole("row").filter({ has: group })).toContainText(/0\.21\d* ± 0\.025/);
  await expect(page.getByText("3 of 3 groups, 9 of 9 runs drawn")).toBeVisible();
  await expect(page.getByRole("button", { name: "cosine (3)" })).toBeVisible();
  const behind = page.getByRole("table", { name: /^val\/loss/ });
  await expect(
    behind.getByRole("columnheader", { name: "cosine, mean", includeHidden: true }),
  ).toBeAttached();
  await group.click();
  await expect(names(page)).toHaveCount(6);
  await page.reload();
  await expect(names(page)).toHaveCount(6);
});

test("columns are chosen, moved, resized, pinned, and kept by the URL", async ({ page }) => {
  await open(page, "?charts=off");
  await page.getByRole("button", { name: "Choose columns" }).click();
  const dialog = page.getByRole("dialog", { name: "Columns" });
  await dialog.getByRole("searchbox", { name: "Search columns" }).fill("config.optimizer");
  await dialog.getByRole("switch", { name: "Show config.optimizer.lr" }).click();
  await dialog.getByRole("spinbutton", { name: "Width of lr in pixels", exact: true }).fill("200");
  await dialog.getByRole("button", { name: "Move lr up", exact: true }).click();
  await dialog.getByRole("button", { name: "Pin lr", exact: true }).click();
  await page.keyboard.press("Escape");
  await expect(heads(page).filter({ hasText: /^lr$/ })).toBeVisible();
  const titles = () => heads(page).allTextContents();
  expect((await titles())[2]).toContain("lr");
  await page.reload();
  await expect(names(page).first()).toBeVisible();
  expect((await titles())[2]).toContain("lr");
  const box = await heads(page).nth(2).boundingBox();
  expect(box?.width).toBe(200);
});

test("a column is moved and resized with the pointer", async ({ page }) => {
  await open(page, "?charts=off");
  await column(page, "Best").dragTo(column(page, "Status"));
  await expect(heads(page).nth(2)).toContainText("Best");
  const before = (await column(page, "Schedule").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(before.x + before.width - 2, before.y + before.height / 2);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width + 58, before.y + before.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/widths=/);
  const after = await column(page, "Schedule").boundingBox();
  expect(Math.round((after?.width ?? 0) - before.width)).toBe(60);
});

test("sorts by one column and by several", async ({ page }) => {
  await open(page, "?charts=off&cols=name,schedule,seed,best");
  await column(page, "Best").getByRole("button").click();
  await expect(names(page).first()).toHaveText("constant-s0");
  await column(page, "Seed").getByRole("button").click();
  await column(page, "Schedule")
    .getByRole("button")
    .click({ modifiers: ["Shift"] });
  await expect(names(page)).toHaveText(
    ["s0", "s1", "s2"].flatMap((seed) => FAMILIES.map((family) => `${family}-${seed}`)),
  );
  await expect(column(page, "Seed")).toHaveAttribute("aria-sort", "ascending");
});

test("each run has its curve with its LR", async ({ page }) => {
  await open(page);
  const paths = table(page).getByRole("row").nth(1).locator("svg path");
  await expect(paths.last()).toHaveAttribute("d", /^M.*L/);
});

test("runs are tagged, archived and deleted together, each with a way back", async ({ page, request }) => {
  const tagsOf = async (id: string) =>
    (await (await request.get(`/api/v1/runs/${PROJECT}-${id}`)).json()).tags;
  await open(page);
  await tick(page, "step-s1").click();
  await tick(page, "step-s2").click();
  await expect(chosen(page)).toContainText("2 selected");
  await chosen(page).getByRole("button", { name: "Tag…" }).click();
  await page.getByRole("textbox", { name: "Tag" }).fill("baseline");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Tagged 2 runs baseline")).toBeVisible();
  expect(await tagsOf("step-1")).toEqual(["baseline"]);
  await undo(page, "Tagged");
  await expect.poll(() => tagsOf("step-1")).toEqual([]);

  await chosen(page).getByRole("button", { name: "Archive" }).click();
  await expect(names(page)).toHaveCount(7);
  await undo(page, "Archived");
  await expect(names(page)).toHaveCount(9);

  await tick(page, "step-s1").click();
  await chosen(page).getByRole("button", { name: "Delete" }).click();
  await expect(names(page)).toHaveCount(8);
  await undo(page, "Deleted");
  await expect(names(page)).toHaveCount(9);
});

test("the chosen runs are saved as a table, and compared", async ({ page }) => {
  await open(page);
  await tick(page, "cosine-s0").click();
  await tick(page, "step-s0").click();
  const download = page.waitForEvent("download");
  await chosen(page).getByRole("button", { name: "Download as CSV" }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  const lines = Buffer.concat(chunks).toString().trim().split("\r\n");
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain("step-s0");
  await chosen(page).getByRole("link", { name: "Compare" }).click();
  await expect(page).toHaveURL(/\/compare\?runs=/);
});

test("a view is saved, opened again, replaced and deleted", async ({ page }) => {
  await open(page);
  await choose(page, "group by", "seed");
  await page.getByRole("button", { name: "Saved views" }).click();
  const dialog = page.getByRole("dialog", { name: "Saved views" });
  await dialog.getByRole("textbox", { name: "Name of the view" }).fill("By seed");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("link", { name: "By seed" })).toBeVisible();
  await open(page);
  await page.getByRole("button", { name: "Saved views" }).click();
  await dialog.getByRole("link", { name: "By seed" }).click();
  await expect(page).toHaveURL(/group=seed/);
  await expect(page.getByRole("button", { name: /^0 3/ })).toBeVisible();
  await page.getByRole("button", { name: "Saved views" }).click();
  await dialog.getByRole("button", { name: "Delete By seed" }).click();
  await expect(dialog.getByRole("link", { name: "By seed" })).toBeHidden();
});

test("the browser's back leads to the table as it was left", async ({ page }) => {
  await open(page, "?group=schedule&sort=name");
  await names(page).first().click();
  await expect(page).toHaveURL(/\/runs\//);
  await page.goBack();
  await expect(page).toHaveURL(/group=schedule&sort=name/);
  await expect(page.getByRole("button", { name: /^cosine 3/ })).toBeVisible();
});

test("the keyboard alone goes through the table, ticks and opens a run", async ({ page }) => {
  await open(page);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(names(page).nth(1)).toBeFocused();
  await page.keyboard.press("x");
  await expect(chosen(page)).toContainText("1 selected");
  await page.keyboard.press("k");
  await expect(names(page).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/runs\//);
});

/** Numbers of the lines that lie in the scroller's view, from the top; what is not drawn there is blank. */
const inView = (scroller: Locator) =>
  scroller.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return [...element.querySelectorAll("tr[data-line]")].flatMap((line) => {
      const box = line.getBoundingClientRect();
      return box.bottom > top + 40 && box.top < bottom - 8 ? [Number(line.getAttribute("data-line"))] : [];
    });
  });

test.describe("many runs", () => {
  test.beforeAll(async ({ request }) => {
    // Only ends a wait for what never comes.
    test.setTimeout(600_000);
    await createMany(request);
  });

  test(`${HOW_MANY} runs scroll without a blank line, with a screenful of them in the document`, async ({
    page,
  }) => {
    await page.goto(`/projects/${MANY}?charts=off&sort=name`);
    await expect(table(page)).toHaveAttribute("aria-rowcount", String(HOW_MANY + 1));
    const scroller = table(page).locator("xpath=..");
    for (const share of [0.1, 0.35, 0.7, 1, 0]) {
      await scroller.evaluate((element, at) => element.scrollTo({ top: at * element.scrollHeight }), share);
      await expect(async () => {
        const lines = await inView(scroller);
        const first = lines[0] ?? -1;
        expect(lines).toEqual(lines.map((_, i) => first + i));
        expect(lines.length).toBeGreaterThan(10);
        const expected = await scroller.evaluate((element) => Math.floor(element.scrollTop / 32));
        expect(Math.abs(first - expected)).toBeLessThanOrEqual(2);
      }).toPass();
      expect(await table(page).locator("tr[data-line]").count()).toBeLessThan(100);
    }
    await filter(page).fill("many-1234");
    await expect(names(page)).toHaveText(["many-1234"]);
  });
});

const VIEWS = [
  ["plain", ""],
  ["grouped", "?group=schedule"],
  ["chosen", `?runs=${PROJECT}-step-0,${PROJECT}-step-1`],
  ["panels", "?show=acc&x=samples"],
] as const;

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, viewport: { width: 1280, height: 800 } });
    for (const [name, search] of VIEWS) {
      test(`${name}: no fault that axe finds`, async ({ page }) => {
        await open(page, search);
        await expect(page.locator("canvas").first()).toBeVisible();
        await expectAccessible(page);
        await page.screenshot({ path: `tests/e2e/shots/runs-table-${name}-${colorScheme}.png` });
      });
    }

    test("completions: no fault that axe finds", async ({ page }) => {
      await open(page);
      await filter(page).fill("s");
      await expect(page.getByRole("listbox", { name: "Completions" })).toBeVisible();
      await expectAccessible(page);
      await filter(page).press("ArrowDown");
      await expect(page.getByRole("option", { selected: true })).toBeVisible();
      await expectAccessible(page);
      await page.screenshot({ path: `tests/e2e/shots/runs-table-completions-${colorScheme}.png` });
    });
  });
}

test.describe("390 px", () => {
  test.use({ viewport: { width: 390, height: 844 } });
  for (const [name, search] of VIEWS) {
    test(`${name}: fits without scrolling sideways`, async ({ page }) => {
      await open(page, search);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await page.screenshot({ path: `tests/e2e/shots/runs-table-${name}-390.png` });
      expect(overflow).toBeLessThanOrEqual(0);
    });
  }
});
