import { expectAccessible } from "./axe";
import { Job } from "./job";
import { expect, test } from "./fixtures";

const NAME = `project-${Date.now()}`;

test("a project is edited, deleted, and brought back with its runs", async ({ page, request }) => {
  const job = await Job.start(request, { id: `${NAME}-only`, project: NAME, name: "only" });
  await job.log([0, 1, 2].map((step) => ({ step, metrics: { "val/acc": 0.5 + step / 10, lr: 0.1 } })));
  await job.finish();
  await page.goto(`/projects/${NAME}`);

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit the project" });
  await dialog.getByRole("textbox", { name: "Name" }).fill("");
  await expect(dialog.getByRole("button", { name: "Save" })).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Name" }).fill(`${NAME}-renamed`);
  await dialog.getByRole("textbox", { name: "Description" }).fill("Does it rise?");
  await dialog.getByLabel("Judged by").fill("val/acc");
  await dialog.getByRole("combobox", { name: "Mode" }).click();
  await page.getByRole("option", { name: "higher is better" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { name: `${NAME}-renamed` })).toBeVisible();

  await page.goto("/");
  const line = page.getByRole("row").filter({ hasText: `${NAME}-renamed` });
  await expect(line).toContainText("0.7000");
  await expect(line).toContainText("Does it rise?");
  await line.getByRole("link").click();

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByText(`Deleted ${NAME}-renamed`)).toBeVisible();
  await expect(page).toHaveURL("/");
  await expect(line).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: "only" })).toBeVisible();
  await expect(page.getByText("Does it rise?")).toBeVisible();
});

test("a name that another project has is told in the dialog", async ({ page, request }) => {
  await request.post("/api/v1/projects", { data: { name: `${NAME}-a` } });
  await request.post("/api/v1/projects", { data: { name: `${NAME}-b` } });
  await page.goto(`/projects/${NAME}-a`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Edit…" }).click();
  const dialog = page.getByRole("dialog", { name: "Edit the project" });
  await dialog.getByRole("textbox", { name: "Name" }).fill(`${NAME}-b`);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("already");
});
