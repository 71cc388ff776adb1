import type { Page } from "@playwright/test";
import { expectAccessible } from "./axe";
import { expect, test } from "./fixtures";

// The parts of menus, selects, dialogs and tips are fetched when they are first wanted: keys must not get lost meanwhile.

const focused = (page: Page) => page.locator(":focus");

test.beforeEach(async ({ page }) => {
  await page.goto("/projects/digits-cnn/runs/example-cnn-warmup-cosine-s0");
  await expect(page.locator("canvas").first()).toBeVisible();
});

test("a menu opens, is walked and gives the focus back, by keys alone", async ({ page }) => {
  const more = page.getByRole("button", { name: "More actions" });
  await more.focus();
  await expect(page.getByText("More actions", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename…" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(focused(page)).toHaveText("Rename…");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menuitem")).toHaveCount(0);
  await expect(more).toBeFocused();
});

test("a press on the button of an open menu closes it", async ({ page }) => {
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem").first()).toBeVisible();
  const box = await page.getByRole("button", { name: "More actions", includeHidden: true }).boundingBox();
  if (!box) throw new Error("the button has no place");
  await page.mouse.click(box.x + 5, box.y + 5);
  await expect(page.getByRole("menuitem")).toHaveCount(0);
});

test("a dialog is opened from a menu, and closed with Escape", async ({ page }) => {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a select in a dialog is opened, and left for the dialog, by keys alone", async ({ page }) => {
  await page.goto("/projects/digits-cnn");
  await page.getByRole("button", { name: "More actions" }).press("Enter");
  await page.getByRole("menuitem", { name: "Edit…" }).press("Enter");
  const mode = page.getByRole("combobox", { name: "Mode" });
  await mode.press("ArrowDown");
  await expect(page.getByRole("option").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("option")).toHaveCount(0);
  await expect(mode).toBeFocused();
});

test("an option is chosen by arrow, by letters and by Enter", async ({ page }) => {
  const axis = page.getByRole("combobox", { name: "x", exact: true });
  await axis.focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: "step", exact: true })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("ep");
  await expect(page.getByRole("option", { name: "epoch", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/x=epoch/);
  await expect(axis).toBeFocused();
});

test("arrows move between tabs and Enter shows one", async ({ page }) => {
  await page.getByRole("tab", { name: "Overview" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("tab", { selected: true })).toHaveText("Schedule & audit");
});

test("the filter is reached by / and loses no key while its completions come", async ({ page }) => {
  await page.goto("/projects/digits-cnn");
  await expect(page.getByRole("link", { name: /^cnn-/ }).first()).toBeVisible();
  await expect(page.locator("canvas").first()).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("status:", { delay: 20 });
  await expect(page.getByLabel("Filter runs")).toHaveValue("status:");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/filter=status/);
});

test("completions are walked with the arrows, left with Escape, and closed by Tab", async ({ page }) => {
  await page.goto("/projects/digits-cnn");
  const field = page.getByRole("combobox", { name: "Filter runs" });
  const options = page.getByRole("option");
  const chosen = page.getByRole("option", { selected: true });
  await field.fill("status:");
  await expect(field).toHaveAttribute("aria-expanded", "true");
  await expect(chosen).toHaveCount(0);
  await field.press("ArrowUp");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await expect(field).toHaveAttribute("aria-activedescendant", (await chosen.getAttribute("id")) ?? "no id");
  await field.press("ArrowDown");
  await expect(chosen).toHaveCount(0);
  await field.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await expect(field).toBeFocused();
  await field.press("Escape");
  await expect(options).toHaveCount(0);
  await expect(field).toHaveAttribute("aria-expanded", "false");
  await expect(field).toHaveValue("status:");
  await field.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await field.press("Tab");
  await expect(options).toHaveCount(0);
  await expect(field).not.toBeFocused();
  await field.focus();
  await field.press("Escape");
  await expect(field).not.toBeFocused();
});

test("a completion is chosen with the pointer, and the focus stays in the field", async ({ page }) => {
  await page.goto("/projects/digits-cnn");
  const field = page.getByRole("combobox", { name: "Filter runs" });
  await field.fill("status:");
  await page.getByRole("option", { name: "status:finished" }).click();
  await expect(field).toHaveValue("status:finished ");
  await expect(field).toBeFocused();
  await expect(page.getByRole("option")).toHaveCount(0);
});

test("the palette finds a page by its letters", async ({ page }) => {
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder("Page, project, run or action")).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.type("inbox");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/inbox/);
});
