import { expect, test } from "vitest";
import { ApiReference } from "@/components/docs/api-reference";
import { presentApi } from "@/lib/presenters/docs/api-reference";
import { openApiDocument } from "@/lib/server/openapi";
import { renderHtml, textOf } from "@/tests/support/render";

const api = presentApi(JSON.parse(JSON.stringify(openApiDocument())), "http://127.0.0.1:3000");

test("every call of the document is on the page, under an address of its own", () => {
  const html = renderHtml(<ApiReference api={api} />);
  const text = textOf(html);
  const operations = api.groups.flatMap((group) => group.operations);
  expect(operations.length).toBeGreaterThan(15);
  for (const { anchor, method, path } of operations) {
    expect(text).toContain(`${method} ${path}`);
    expect(html.match(new RegExp(`id="${anchor}"`, "g")), anchor).toHaveLength(1);
  }
});
