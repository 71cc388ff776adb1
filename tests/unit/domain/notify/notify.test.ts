import { describe, expect, test } from "vitest";
import { maskAddress } from "@/lib/domain/notify/mask";
import { divergedNews, finishedNews, recommendedNews, stalledNews } from "@/lib/domain/notify/news";
import { MAX_ATTEMPTS, retryDelay } from "@/lib/domain/notify/retry";
import { slackMessage } from "@/lib/domain/notify/slack";

const run = { id: "r1", name: "cosine-s3", status: "running", last_step: 812 };

describe("news in words", () => {
  test("a recommendation says what it would change", () => {
    const found = {
      control_id: "c1",
      factor: 0.5,
      reason: "val/loss is flat",
      expires_at: "2026-01-02T00:00:00Z",
    };
    const known = recommendedNews(run, { ...found, current: 0.1, target: 0.05 });
    expect(known).toMatchObject({
      key: "recommended:c1",
      title: "cosine-s3: a change of the LR waits for you",
      message: "val/loss is flat. Recommended: multiply the LR by 0.5, from 0.1 to 0.05.",
      details: { control_id: "c1", factor: 0.5, current_lr: 0.1, lr: 0.05 },
    });
    const groups = recommendedNews(run, {
      ...found,
      reason: "Flat.",
      current: [0.1, 0.01],
      target: [0.05, 0.005],
    });
    expect(groups.message).toBe("Flat. Recommended: multiply the LR by 0.5, from 0.1, 0.01 to 0.05, 0.005.");
    const unknown = recommendedNews(run, { ...found, factor: 1 / 3, current: null, target: null });
    expect(unknown.message).toBe("val/loss is flat. Recommended: multiply the LR by 0.3333.");
  });

  test("a divergence is one of the run, whatever it is seen by", () => {
    const note = { severity: "critical", from_step: 7, to_step: 9 } as const;
    const nan = divergedNews(run, {
      ...{ ...note, code: "nan", metric: "train/loss", message: "train/loss is not finite from step 7 on." },
      evidence: {},
    });
    const rose = divergedNews(run, {
      ...{ ...note, code: "diverged", metric: "val/loss", message: "val/loss fell, then rose." },
      evidence: { end: 8.5 },
    });
    expect(nan).toMatchObject({
      title: "cosine-s3 diverged",
      message: "train/loss is not finite from step 7 on.",
      details: { metric: "train/loss", step: 7, value: "NaN" },
    });
    expect(rose.details).toEqual({ metric: "val/loss", step: 7, value: "8.5" });
    expect(rose.key).toBe(nan.key);
  });

  test("each silence is news of its own", () => {
    const since = new Date("2026-01-01T10:00:00Z");
    const news = stalledNews(run, since, 15);
    expect(news.title).toBe("cosine-s3 has been silent for 15 minutes");
    expect(news.message).toContain("since 2026-01-01T10:00:00.000Z. Its last step is 812.");
    expect(stalledNews({ ...run, last_step: null }, since, 1)).toMatchObject({
      title: "cosine-s3 has been silent for 1 minute",
      message: expect.stringContaining("It has not logged anything yet."),
      key: news.key,
    });
    expect(stalledNews(run, new Date(since.getTime() + 1), 15).key).not.toBe(news.key);
  });

  test.each([
    ["finished", 42_000, "cosine-s3 finished", "It ended at step 812, after 42 s. Best val/loss: 0.08123."],
    ["failed", 300_000, "cosine-s3 failed", "It ended at step 812, after 5 min. Best val/loss: 0.08123."],
    [
      "killed",
      3_840_000,
      "cosine-s3 was killed",
      "It ended at step 812, after 1 h 4 min. Best val/loss: 0.08123.",
    ],
  ])("%s after %i ms", (status, ms, title, message) => {
    const started_at = new Date("2026-01-01T10:00:00Z");
    const best = { metric: "val/loss", best: 0.081234, last: "NaN" };
    const ended_at = new Date(started_at.getTime() + ms);
    const news = finishedNews({ ...run, status }, { started_at, ended_at, best });
    expect(news).toMatchObject({ title, message, details: { status, seconds: ms / 1000, last: "NaN" } });
  });

  test("an end without a step, a metric or a length", () => {
    const at = new Date("2026-01-01T10:00:00Z");
    const news = finishedNews(
      { ...run, status: "failed", last_step: null },
      { started_at: at, ended_at: new Date(at.getTime() - 5000), best: null },
    );
    expect(news.message).toBe("It ended, after 0 s.");
    expect(news.details).not.toHaveProperty("metric");
  });
});

test("retries wait longer and longer, up to an hour, each with a random half", () => {
  const shortest = Array.from({ length: 12 }, (_, i) => retryDelay(i + 1, 0));
  expect(shortest).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800, 1800, 1800]);
  expect(retryDelay(3, 0.5)).toBe(60);
  expect(retryDelay(20, 0.999999)).toBeLessThan(3600);
  const waits = Array.from({ length: MAX_ATTEMPTS - 1 }, (_, i) => retryDelay(i + 1, 0));
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(3600);
});

test("a masked address tells two apart and opens neither", () => {
  const path = "/services/T000/B000/XXXXabcd";
  expect(maskAddress("https://hooks.example", path)).toBe("https://hooks.example/…abcd");
  expect(maskAddress("https://hooks.example", "/short")).toBe("https://hooks.example/…");
  expect(maskAddress("https://hooks.example", "/")).toBe("https://hooks.example");
});

describe("a Slack message", () => {
  const told = { title: "a <!channel> & b", message: "x > y", url: "https://l.example/r/1", project: "<p>" };

  test("says it in text and in blocks, with names that can do nothing", () => {
    const message = slackMessage(told);
    expect(message.text).toBe("a &lt;!channel&gt; &amp; b: x &gt; y https://l.example/r/1");
    expect(message.blocks).toEqual([
      { type: "section", text: { type: "mrkdwn", text: "*a &lt;!channel&gt; &amp; b*\nx &gt; y" } },
      {
        type: "context",
        elements: [{ type: "mrkdwn", text: "&lt;p&gt; · <https://l.example/r/1|Open in lrscope>" }],
      },
    ]);
  });

  test("stays within Slack's limit of 3000 characters", () => {
    const { text, blocks } = slackMessage({ ...told, message: "&".repeat(5000) });
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(text).toMatch(/(&amp;)+ https:\/\/l\.example\/r\/1$/);
    expect(JSON.stringify(blocks[0]).length).toBeLessThan(3000);
  });
});
