import { describe, expect, test } from "vitest";
import { Inbox } from "@/components/control/inbox";
import { RequestCard } from "@/components/control/request-card";
import { RequestTimeline } from "@/components/control/request-timeline";
import { renderHtml, textOf } from "@/tests/support/render";
import { wireInboxItem } from "@/tests/support/wire";

const inbox = (...items: ReturnType<typeof wireInboxItem>[]) =>
  renderHtml(<Inbox initial={{ items, next_cursor: null }} />);

describe("the inbox", () => {
  test("shows what, why, from what to what, for which run, and that an approval is final", () => {
    const html = inbox(wireInboxItem());
    const text = textOf(html);
    expect(text).toContain("LR ×0.5");
    expect(text).toContain("val/loss has not improved for 11 checks.");
    expect(text).toContain("LR from 0.02 to 0.01");
    expect(text).toContain("digits / cosine-s0");
    expect(text).toContain("cannot be withdrawn");
    expect(html).toContain('href="/projects/p1/runs/r1"');
  });

  test("the keys belong to the first request alone", () => {
    const html = inbox(wireInboxItem(), wireInboxItem({ id: "c2" }));
    expect(html.match(/<button[^>]*>Approve/g)).toHaveLength(2);
    expect(html.match(/<kbd[^>]*>A<\/kbd>/g)).toHaveLength(1);
  });

  test("empty, it says what fills it", () => {
    const text = textOf(inbox());
    expect(text).toContain("Nothing waits for you");
    expect(text).toContain("plateau policy");
  });
});

test("an approved request can be withdrawn, not approved again", () => {
  const html = renderHtml(<RequestCard request={wireInboxItem({ status: "approved" })} runName="s0" />);
  expect(textOf(html)).toContain("Withdraw");
  expect(html).not.toContain("Approve");
});

test.each(["delivered", "verified", "rejected", "expired"] as const)(
  "a request that is %s has no buttons",
  (status) => {
    const html = renderHtml(<RequestCard request={wireInboxItem({ status })} runName="s0" />);
    expect(textOf(html)).toContain(status);
    expect(html).not.toContain("Approve");
  },
);

test("an applied request can be rolled back where the page says so, and a snoozed one says until when", () => {
  const request = wireInboxItem({ status: "verified" });
  const html = renderHtml(<RequestCard request={request} runName="s0" mayRollBack />);
  expect(textOf(html)).toContain("Roll back");
  expect(textOf(renderHtml(<RequestCard request={request} runName="s0" />))).not.toContain("Roll back");
  const until = new Date(Date.now() + 600_500).toISOString();
  const snoozed = wireInboxItem({ snoozed_until: until });
  expect(textOf(renderHtml(<RequestCard request={snoozed} runName="s0" />))).toContain("back in 10 min");
});

test("the history says who did what, and what it waits for", () => {
  // In the middle of its minute: the clock that all ages share may be some seconds old.
  const at = new Date(Date.now() - 330_000).toISOString();
  const request = wireInboxItem({
    status: "approved",
    history: [
      { status: "recommended", at, by: "policy" },
      { status: "approved", at, by: "ana", note: "flat" },
    ],
  });
  const heard = { last_logged_at: at, started_at: at, log_gap: 600 };
  const run = { status: "running", ...heard, last_step: 9 } as const;
  const text = textOf(renderHtml(<RequestTimeline request={request} run={run} everConfirmed={false} />));
  expect(text).toContain("by ana: flat");
  expect(text).toContain("The job last logged 5 min ago; requests are delivered in replies.");
  const ended = renderHtml(
    <RequestTimeline request={request} run={{ ...run, status: "finished" }} everConfirmed />,
  );
  expect(textOf(ended)).not.toContain("last logged");
});
