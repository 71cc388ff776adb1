import type { Metadata } from "next";
import { Designer } from "@/components/schedules/designer/designer";
import { SchedulesTabs } from "@/components/schedules/schedules-tabs";
import { PageFrame } from "@/components/shell/page-frame";
import { pageContext } from "@/lib/server/page-context";

export const metadata: Metadata = { title: "Schedule designer" };

export default async function DesignPage() {
  await pageContext();
  return (
    <PageFrame crumbs={[{ label: "Schedules", href: "/schedules" }, { label: "Designer" }]}>
      <SchedulesTabs />
      <h1 className="sr-only">Schedule designer</h1>
      <Designer />
    </PageFrame>
  );
}
