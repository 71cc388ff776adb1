export interface Told {
  title: string;
  message: string;
  /** Of the run's page. */
  url: string;
  project: string;
}

export interface SlackMessage {
  /** What shows where blocks do not: in notifications, and in tools that only know `text`. */
  text: string;
  blocks: object[];
}

/** Slack's three control characters; a name must not become a link or a mention. */
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A section takes at most 3000 characters. https://docs.slack.dev/reference/block-kit/blocks/section-block */
const LONGEST = 2900;

/** Cut where it gets too long, but not within an escaped character. */
const fitted = (text: string): string =>
  text.length <= LONGEST ? text : text.slice(0, LONGEST).replace(/&[a-z]*$/, "");

/** An incoming webhook's message, as Slack, Mattermost and Rocket.Chat take it. */
export function slackMessage({ title, message, url, project }: Told): SlackMessage {
  return {
    text: `${fitted(`${escaped(title)}: ${escaped(message)}`)} ${url}`,
    blocks: [
      { type: "section", text: { type: "mrkdwn", text: fitted(`*${escaped(title)}*\n${escaped(message)}`) } },
      {
        type: "context",
        elements: [{ type: "mrkdwn", text: `${escaped(project)} · <${url}|Open in lrscope>` }],
      },
    ],
  };
}
