import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { Job } from "./job";
import { expect, test } from "./fixtures";

const UNDECLARED = "e2e-undeclared";
const SWEEP = "e2e-sweep";
const WARM = 20;
const STEPS = 200;

/** What the torch recipe gives: LinearLR into CosineAnnealingLR, nobody having said so. */
const undeclaredLr = (step: number) =>
  step < WARM ? (0.05 * step) / WARM : 0.025 * (1 + Math.cos((Math.PI * (step - WARM)) / (STEPS - WARM)));

test.beforeAll(async ({ request }) => {
  // The tests of a file share one server, and a failed one starts its worker, hence this, again.
  if ((await request.get(`/api/v1/runs/${SWEEP}`)).ok()) return;
  const job = await Job.start(request, { id: UNDECLARED, project: "e2e", name: "undeclared" });
  const loss = (step: number) => 0.3 + 2 * Math.exp(-step / 40);
  await job.log(
    Array.from({ length: STEPS }, (_, step) => ({
      step,
      metrics: { lr: undeclaredLr(step), "train/loss": loss(step) },
    })),
  );
  await job.finish();
  const sweep = await Job.start(request, { id: SWEEP, project: "e2e", name: "sweep" });
  const lrs = Array.from({ length: 120 }, (_, i) => 1e-6 * 10 ** (i / 20));
  await sweep.log(
    lrs.map((lr, step) => ({
      step,
      metrics: { lr, "train/loss": 2.3 - 1.5 / (1 + (2e-3 / lr) ** 2) + (lr > 0.3 ? (lr / 0.3) ** 3 : 0) },
    })),
  );
  await sweep.finish();
});

const figures = (page: Page) => page.getByRole("region", { name: "Figures" });
const preview = (page: Page) => page.getByRole("region", { name: "Preview" });
/** Where the notices are; the designer has an Undo of its own. */
const notice = (page: Page) => page.getByRole("region", { name: "Notices" });
/** The designer is there before it listens. */
const openDesigner = async (page: Page, url = "/schedules/design") => {
  await page.goto(url);
  await expect(preview(page).locator("canvas")).toBeVisible();
};

test("the gallery shows families and presets with their source, and opens one in the designer", async ({
  page,
}) => {
  await page.goto("/schedules");
  const families = page.getByRole("region", { name: "Families" });
  await expect(families.getByRole("listitem").filter({ hasText: "Cosine with restarts" })).toContainText(
    "Loshchilov & Hutter 2017",
  );
  await expect(page.getByRole("region", { name: "From practice" }).getByRole("listitem")).toHaveCount(10);
  await page.getByRole("link", { name: "GPT-3 Small: warmup and cosine to 10 %" }).click();
  await expect(page).toHaveURL(/\/schedules\/design\?d=/);
  await expect(figures(page).getByRole("row", { name: /GPT-3 Small/ })).toContainText("6.0e-4");
  await expect(page.getByLabel("T_max")).toHaveValue("519250");
});

test("what is typed is drawn; undo, redo, reload and the browser's back button keep up", async ({ page }) => {
  await openDesigner(page);
  const lr = page.getByRole("textbox", { name: "lr", exact: true });
  await lr.fill("0.004");
  await expect(figures(page)).toContainText("4.0e-3");
  await expect(page).toHaveURL(/\?d=/);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(lr).toHaveValue("0.001");
  await expect(figures(page)).toContainText("1.0e-3");
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect(lr).toHaveValue("0.004");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "lr", exact: true })).toHaveValue("0.004");
  await page.getByRole("checkbox", { name: "Cooldown" }).click();
  await expect(page.getByLabel("cooldown_steps")).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("cooldown_steps")).toBeHidden();
});

test("a wrong parameter is told at its field, and the last right curve stays", async ({ page }) => {
  await openDesigner(page);
  await page.getByLabel("T_max").fill("-3");
  await expect(page.getByRole("alert").filter({ hasText: "T_max must be more than 0" })).toBeVisible();
  await expect(figures(page)).toContainText("1.0e-3");
  await page.getByLabel("T_max").fill("400");
  await expect(page.getByRole("alert").filter({ hasText: "T_max" })).toBeHidden();
  await figures(page).getByRole("button", { name: "Fit to 1,000" }).click();
  await expect(page.getByLabel("T_max")).toHaveValue("800");
});

test("candidates are added, duplicated, renamed, hidden and removed, by keys too", async ({ page }) => {
  await openDesigner(page);
  const list = page.getByRole("region", { name: "Candidates" });
  await page.keyboard.press("n");
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await page.keyboard.press("d");
  await expect(list.getByRole("button", { name: "cosine copy", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.getByLabel("Name of the candidate").fill("mine");
  await page.keyboard.press("Enter");
  await expect(list.getByRole("button", { name: "mine", exact: true })).toBeVisible();
  await list.getByRole("button", { name: "Hide mine" }).click();
  await expect(figures(page).getByRole("row", { name: /mine/ })).toBeHidden();
  await list.getByRole("button", { name: "More for mine" }).click();
  await page.getByRole("menuitem", { name: "Remove" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
});

test("a library's JSON is a candidate: its errors are told, and its code is exported", async ({ page }) => {
  await openDesigner(page);
  await page.getByRole("button", { name: "Paste JSON…" }).click();
  const dialog = page.getByRole("dialog");
  const text = dialog.getByLabel("Schedule as JSON");
  await text.fill('{"constructor": 5}');
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(dialog.getByRole("alert")).toContainText("constructor");
  await text.fill(
    '{"library": "torch", "constructor": "StepLR", "kwargs": {"step_size": 250, "gamma": 0.5}, "base_lrs": [0.08]}',
  );
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(figures(page).getByRole("row", { name: /^step / })).toContainText("0.08");
  const code = page.getByRole("region", { name: "Export" });
  await expect(code).toContainText("StepLR(optimizer, step_size=250, gamma=0.5");
  await expect(code).toContainText("exact");
  await code.getByRole("tab", { name: "optax" }).click();
  await expect(code).toContainText("import optax");
  await expect(page).toHaveURL(/to=optax/);
  await page.getByRole("button", { name: "Convert to a form" }).click();
  await expect(page.getByLabel("step_size")).toHaveValue("250");
});

test("a schedule is saved, found, renamed, deleted and brought back", async ({ page, request }) => {
  const name = `e2e saved ${Date.now()}`;
  await openDesigner(page);
  await page.getByRole("button", { name: "Save…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("Tags, separated by commas").fill("e2e, kept");
  await dialog.getByRole("combobox", { name: "For" }).click();
  await page.getByRole("option", { name: "e2e", exact: true }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Saved ${name}`)).toBeVisible();

  await page.goto("/schedules");
  const saved = page.getByRole("region", { name: "Saved" });
  await saved.getByLabel("Search the saved schedules").fill(`${name} kept`);
  await expect(saved.getByRole("listitem")).toHaveCount(1);
  await expect(saved.getByRole("listitem")).toContainText("e2e");
  await saved.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Rename and tag…" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(`${name} again`);
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await saved.getByRole("button", { name: `More for ${name} again` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(saved.getByRole("listitem")).toHaveCount(0);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await expect(saved.getByRole("listitem")).toContainText(`${name} again`);
  const { items } = await (
    await request.get(`/api/v1/schedules?project=e2e&q=${encodeURIComponent(name)}`)
  ).json();
  for (const { id } of items) await request.delete(`/api/v1/schedules/${id}`);
  expect(items).toMatchObject([{ name: `${name} again`, tags: ["e2e", "kept"], family: "warmup + cosine" }]);
});

test("the advisor ranks schedules with sources; the form is in the URL, and each opens in the designer", async ({
  page,
}) => {
  await page.goto(
    "/schedules/advise?architecture=transformer&optimizer=adamw&data=100000&batch=256&budget=20",
  );
  const list = page.getByRole("list", { name: "Suggestions, the best first" });
  await expect(list.getByRole("listitem").first()).toContainText("Warmup + cosine");
  await page.getByLabel("Batch size", { exact: true }).fill("0");
  await expect(page.getByRole("alert").filter({ hasText: "Batch size must be at least 1" })).toBeVisible();
  await page.getByLabel("Batch size", { exact: true }).fill("512");
  await expect(page).toHaveURL(/batch=512/);
  await expect(page.getByText("3,920 steps")).toBeVisible();
  await list.getByRole("link", { name: /^Open/ }).first().click();
  await expect(page).toHaveURL(/\/schedules\/design\?d=/);
  await expect(page.getByLabel("total_steps")).toHaveValue("3920");
});

test("a range test is read from pasted columns and from a run", async ({ page }) => {
  await page.goto("/schedules/range-test");
  const field = page.getByRole("textbox", { name: /Two columns/ });
  await field.fill("lr,loss\nx,1");
  await expect(page.getByRole("alert").filter({ hasText: "Line 2" })).toBeVisible();
  const rows = Array.from({ length: 100 }, (_, i) => {
    const lr = 1e-6 * 10 ** (i / 16);
    return `${lr},${2.3 - 1.5 / (1 + (2e-3 / lr) ** 2) + (lr > 0.3 ? (lr / 0.3) ** 3 : 0)}`;
  });
  await field.fill(`lr,loss\n${rows.join("\n")}`);
  const table = page.getByRole("region", { name: "Suggestions" });
  await expect(table.getByRole("row", { name: /valley/ })).toBeVisible();
  await expect(table.getByText("recommended")).toHaveCount(1);
  await table.getByRole("button", { name: "Copy the LR of valley" }).click();

  await page.getByRole("button", { name: "Pick a run…" }).click();
  await page.getByLabel("Find a run by name, id or tag").fill(SWEEP);
  await page.getByRole("dialog").getByRole("button", { name: /sweep/ }).click();
  await expect(page).toHaveURL(new RegExp(`run=${SWEEP}`));
  await expect(page.getByRole("region", { name: "Range test", exact: true })).toContainText(
    "The loss falls between",
  );
});

test("a run without a schedule shows the inferred one, and adopting it can be taken back", async ({
  page,
}) => {
  await page.goto(`/projects/e2e/runs/${UNDECLARED}`);
  const inferred = page.getByRole("region", { name: "Inferred schedule" });
  await expect(inferred).toContainText("looks like");
  await expect(page.getByRole("region", { name: "Health" })).toContainText("train/loss");
  await inferred.getByRole("button", { name: "Adopt" }).first().click();
  await expect(inferred).toBeHidden();
  await expect(
    page.getByRole("region", { name: "Metrics and learning rate" }).getByRole("table"),
  ).toContainText(/declared/i);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await expect(inferred).toContainText("looks like");
});

test("a candidate is attached to a run, and taken back", async ({ page, request }) => {
  await openDesigner(page);
  await page.getByRole("button", { name: "Attach to a run…" }).click();
  await page.getByLabel("Find a run by name, id or tag").fill(UNDECLARED);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /undeclared/ })
    .click();
  await expect(page.getByText("undeclared now declares warmup + cosine")).toBeVisible();
  const source = async () => (await (await request.get(`/api/v1/runs/${UNDECLARED}`)).json()).schedule_source;
  expect(await source()).toBe("declared");
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await expect.poll(source).toBeNull();
});

const PAGES = [
  {
    name: "schedules",
    url: "/schedules",
    ready: (page: Page) => expect(page.getByRole("heading", { name: "Families" })).toBeVisible(),
  },
  {
    name: "designer",
    url: "/schedules/design",
    ready: (page: Page) => expect(preview(page).locator("canvas")).toBeVisible(),
  },
  {
    name: "advisor",
    url: "/schedules/advise",
    ready: (page: Page) => expect(page.getByText("peak LR")).toBeVisible(),
  },
  {
    name: "range-test",
    url: `/schedules/range-test?run=${SWEEP}`,
    ready: (page: Page) => expect(page.locator("canvas")).toBeVisible(),
  },
];

for (const { name, url, ready } of PAGES) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${name}, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport: { width: 1280, height: 800 } });

      test("has no fault that axe finds, and no complaint in the console", async ({ page }) => {
        const complaints: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error") complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(String(error)));
        await page.goto(url);
        await ready(page);
        await expectAccessible(page);
        await page.screenshot({ path: `tests/e2e/shots/${name}-${colorScheme}.png` });
        expect(complaints).toEqual([]);
      });
    });
  }

  test.describe(`${name}, 390 px`, () => {
    test.use({ viewport: { width: 390, height: 844 } });

    test("fits without scrolling sideways", async ({ page }) => {
      await page.goto(url);
      await ready(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      await page.screenshot({ path: `tests/e2e/shots/${name}-390.png` });
      expect(overflow).toBeLessThanOrEqual(0);
    });
  });
}
