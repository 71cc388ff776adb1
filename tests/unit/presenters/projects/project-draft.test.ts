import { expect, test } from "vitest";
import { projectDraft, projectPatch } from "@/lib/presenters/projects/project-draft";
import { wireProject } from "@/tests/support/wire";

test.each([
  [null, { metric: "", mode: "min" }],
  [
    { key: "val/acc", mode: "max" as const },
    { metric: "val/acc", mode: "max" },
  ],
])("a form and back: judged by %j", (primary_metric, drafted) => {
  const project = wireProject({ name: "digits", description: "which?", primary_metric });
  const draft = projectDraft(project);
  expect(draft).toMatchObject(drafted);
  expect(projectPatch(draft)).toEqual({ name: "digits", description: "which?", primary_metric });
});

test("blanks around a name and a metric are nobody's intention", () => {
  const draft = { name: " a b ", description: " kept ", metric: "  ", mode: "max" } as const;
  expect(projectPatch(draft)).toEqual({ name: "a b", description: " kept ", primary_metric: null });
});
