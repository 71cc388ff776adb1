import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, scrollTo, test } from "./fixtures";
import { Job } from "./job";

const METRICS = ["train/acc", "train/loss", "train/norm", "val/acc", "val/loss"];
let counter = 0;

/** A project of its own, since the order of its panels is kept with it. */
async function openProject(page: Page, request: APIRequestContext): Promise<string> {
  const project = `panels-${Date.now()}-${(counter += 1)}`;
  const job = await Job.start(request, { id: `${project}-a`, project, name: "a" });
  await job.log(
    Array.from({ length: 20 }, (_, step) => ({
      step,
      metrics: Object.fromEntries(METRICS.map((key, i) => [key, i + step])),
    })),
  );
  await job.finish();
  await page.goto(`/projects/${project}?show=.`);
  await scrollTo(grip(page, "val/loss"));
  return project;
}

const grip = (page: Page, item: string) => page.getByRole("button", { name: `Reorder ${item}`, exact: true });
const panels = (page: Page) => page.locator("[data-panel]").getByRole("heading", { level: 3 });
const sections = (page: Page) => page.locator("[data-section]").getByRole("heading", { level: 2 });
const spoken = (page: Page) => page.locator("[aria-live=assertive]").first();
const panel = (page: Page, metric: string) => page.locator(`[data-panel="${metric}"]`);

const saved = (page: Page) =>
  page.waitForResponse((answer) => answer.request().method() === "PATCH" && answer.ok());

async function boxOf(target: Locator) {
  const box = await target.boundingBox();
  if (!box) throw new Error("not on the screen");
  return box;
}

test("a panel is dragged by pointer; nothing moves before it is put down; it can be taken back", async ({
  page,
  request,
}) => {
  await openProject(page, request);
  await expect(panels(page)).toHaveText(METRICS);
  const boxes = () =>
    page.locator("[data-panel]").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  const before = await boxes();
  const [from, to] = [await boxOf(grip(page, "val/loss")), await boxOf(panel(page, "train/norm"))];
  await page.mouse.move(from.x + 10, from.y + 16);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y);
  await expect(spoken(page)).toHaveText(/^val\/loss is held. Place 2 of 2 in val\./);
  await page.mouse.move(to.x + 10, to.y + 60, { steps: 4 });
  await expect(spoken(page)).toHaveText("Place 3 of 4 in train.");
  expect(await boxes()).toEqual(before);
  const put = saved(page);
  await page.mouse.up();
  await put;
  const moved = ["train/acc", "train/loss", "val/loss", "train/norm", "val/acc"];
  await expect(panels(page)).toHaveText(moved);
  await page.reload();
  await expect(panels(page)).toHaveText(moved);
  await scrollTo(grip(page, "val/acc"));
  const again = await boxOf(grip(page, "val/acc"));
  await page.mouse.move(again.x + 10, again.y + 16);
  await page.mouse.down();
  await page.mouse.move(again.x + 10, again.y);
  await expect(spoken(page)).toHaveText(/is held/);
  await page.mouse.move(again.x + 10, 0, { steps: 4 });
  await expect(spoken(page)).toHaveText("Place 1 of 5 in train.");
  await page.mouse.up();
  await expect(panels(page).first()).toHaveText("val/acc");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("Put back as it was")).toBeVisible();
  await expect(panels(page)).toHaveText(moved);
});

test("a panel is moved by keyboard, and Escape leaves it where it was", async ({ page, request }) => {
  const project = await openProject(page, request);
  await grip(page, "train/norm").focus();
  await page.keyboard.press("Space");
  await expect(grip(page, "train/norm")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("ArrowLeft");
  await expect(spoken(page)).toHaveText("Place 2 of 3 in train.");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(spoken(page)).toHaveText("train/norm stays where it was.");
  await expect(panels(page)).toHaveText(METRICS);
  await page.keyboard.press("Enter");
  await expect(spoken(page)).toHaveText(/^train\/norm is held/);
  await page.keyboard.press("ArrowRight");
  await expect(spoken(page)).toHaveText("Place 1 of 3 in val.");
  const put = saved(page);
  await page.keyboard.press("Enter");
  await put;
  await expect(panels(page)).toHaveText(["train/acc", "train/loss", "train/norm", "val/acc", "val/loss"]);
  await expect(panel(page, "train/norm").locator("xpath=ancestor::section[1]")).toHaveAttribute(
    "data-section",
    "val",
  );
  await expect(grip(page, "train/norm")).toBeFocused();
  await expectAccessible(page);
  await page.goto(`/projects/${project}/runs/${project}-a?tab=metrics`);
  await expect(sections(page)).toHaveText(["train2", "val3"]);
});

test("a section is moved, by keyboard and by two clicks", async ({ page, request }) => {
  await openProject(page, request);
  await expect(sections(page)).toHaveText(["train3", "val2"]);
  await grip(page, "section val").focus();
  await page.keyboard.press("Space");
  await expect(spoken(page)).toHaveText(/^section val is held\. Place 2 of 2\./);
  await page.keyboard.press("ArrowUp");
  await expect(spoken(page)).toHaveText("Place 1 of 2.");
  await page.keyboard.press("Space");
  await expect(sections(page)).toHaveText(["val2", "train3"]);
  await grip(page, "section val").click();
  await expect(spoken(page)).toHaveText(/^section val is held/);
  await sections(page).nth(1).click();
  await expect(spoken(page)).toHaveText(/is put down|stays/);
  await expect(sections(page).getByRole("button", { name: "train" })).toHaveAttribute(
    "aria-expanded",
    "true",
  );
});

test.describe("on a telephone", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("a panel is dragged by touch", async ({ page, request }) => {
    await openProject(page, request);
    await scrollTo(grip(page, "train/loss"));
    const touch = await page.context().newCDPSession(page);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", points: { x: number; y: number }[]) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: points });
    const [from, to] = [await boxOf(grip(page, "train/loss")), await boxOf(panel(page, "train/acc"))];
    const x = from.x + 10;
    await send("touchStart", [{ x, y: from.y + 16 }]);
    await send("touchMove", [{ x, y: from.y }]);
    await expect(spoken(page)).toHaveText(/^train\/loss is held/);
    await send("touchMove", [{ x, y: to.y + 10 }]);
    await expect(spoken(page)).toHaveText("Place 1 of 3 in train.");
    await send("touchEnd", []);
    await expect(panels(page).first()).toHaveText("train/loss");
    await expectAccessible(page);
  });
});
