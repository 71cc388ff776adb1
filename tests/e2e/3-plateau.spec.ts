import { Job, PLATEAU_RUN } from "./job";
import { expect, test } from "./fixtures";

test("a plateau is recommended, approved in the inbox, carried out by the job and verified", async ({
  page,
  request,
}) => {
  const job = await Job.start(request, {
    id: PLATEAU_RUN,
    project: "e2e",
    name: "flat",
    schedule: { kind: "constant", value: 0.1 },
    plateau: [
      { metric: "val/loss", mode: "min", detector: "torch", patience: 2, factor: 0.5, action: "recommend" },
    ],
  });
  const flat = [0, 1, 2, 3].map((step) => ({ step, metrics: { "val/loss": 1, lr: 0.1 } }));
  expect((await job.log(flat)).control).toEqual([]);

  await page.goto("/inbox");
  const card = page.getByRole("article", { name: /flat/ });
  await expect(card).toContainText("val/loss has not improved on 1 (step 0)");
  await card.getByRole("button", { name: /Approve/ }).click();
  await expect(card).toBeHidden();

  const [order] = (await job.log([{ step: 4, metrics: { "val/loss": 1, lr: 0.1 } }])).control;
  expect(order).toMatchObject({ kind: "scale_lr", factor: 0.5, lr: 0.05, expected_lr: 0.1 });
  const ack = { id: order?.id, outcome: "applied", lr: 0.05, step: 5 };
  await job.log([{ step: 5, metrics: { "val/loss": 0.7, lr: 0.05 } }], [ack]);

  await page.goto(`/projects/e2e/runs/${PLATEAU_RUN}`);
  const chart = page.getByRole("region", { name: "Metrics and learning rate" });
  await expect(chart.getByRole("table")).toContainText(/effective/i);
  await page.getByRole("tab", { name: /Control/ }).click();
  await expect(page.getByRole("list", { name: "History" }).first()).toContainText(/delivered[\s\S]*verified/);
});
