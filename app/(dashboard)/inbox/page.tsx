import type { Metadata } from "next";
import { Inbox } from "@/components/control/inbox";
import { PageFrame } from "@/components/shell/page-frame";
import { listInbox } from "@/lib/server/control/list-control";
import { pageContext } from "@/lib/server/page-context";

export const metadata: Metadata = { title: "Inbox" };

export default async function InboxPage() {
  const inbox = await listInbox(await pageContext(), { status: "recommended", limit: 200 });
  return (
    <PageFrame crumbs={[{ label: "Inbox" }]}>
      <Inbox initial={inbox} />
    </PageFrame>
  );
}
