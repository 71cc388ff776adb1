import { expect, test } from "./fixtures";

test("the home page answers under its policy, and the browser has nothing to complain about", async ({
  page,
}) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));

  const response = await page.goto("/");
  expect(response?.status()).toBe(200);
  const headers = response?.headers() ?? {};
  expect(headers["content-security-policy"]).toMatch(
    /script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic'/,
  );
  expect(headers["x-frame-options"]).toBe("DENY");
  await expect(page.getByRole("main")).toBeVisible();
  await page.waitForLoadState("load");
  expect(complaints).toEqual([]);
});

test("each page has a nonce of its own", async ({ request }) => {
  const policies = await Promise.all(["/", "/"].map(async (url) => (await request.get(url)).headers()));
  const [first, second] = policies.map((headers) => headers["content-security-policy"]);
  expect(first).not.toBe(second);
});

test("a page under another Host is refused", async ({ request }) => {
  const response = await request.get("/", { headers: { host: "rebound.example" } });
  expect(response.status()).toBe(403);
  expect(await response.text()).toContain("LRSCOPE_ALLOWED_HOSTS");
});
