"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import type { z } from "zod";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TimeText } from "@/components/ui/time-text";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { deliveriesQuery, NOTIFICATIONS_KEY, retryDelivery } from "@/lib/client/notifications/queries";
import { useNow } from "@/lib/client/time/use-now";
import type { Delivery, DeliveryPage } from "@/lib/contracts/notifications";
import { formatAgo, formatInstant } from "@/lib/presenters/format/relative-time";
import { DELIVERY_LOOK, troubleOf } from "@/lib/presenters/notifications/words";
import { runHref } from "@/lib/presenters/runs/run-row";
import { SettingsSection } from "./settings-section";

/** The latest messages, and what became of them. Nothing at all before the first one. */
export function Deliveries({ initial }: { initial: z.infer<typeof DeliveryPage> }) {
  const { data } = useQuery({ ...deliveriesQuery(), initialData: initial });
  if (data.items.length === 0) return null;
  return (
    <SettingsSection
      title="Last messages"
      description="What could not be sent is retried for about two hours."
    >
      <ul className="max-h-120 divide-y divide-line overflow-y-auto">
        {data.items.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} />
        ))}
      </ul>
    </SettingsSection>
  );
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const now = useNow();
  const { tone, shape, word } = DELIVERY_LOOK[delivery.status];
  const trouble = troubleOf(delivery);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
      <Status tone={tone} shape={shape} className="shrink-0 sm:w-20">
        {word}
      </Status>
      <div className="flex min-w-0 flex-1 basis-56 flex-col max-sm:order-2 max-sm:basis-full">
        <Link
          href={runHref(delivery.run.project_id, delivery.run.id)}
          className="truncate hover:underline"
          title={delivery.title}
        >
          {delivery.title}
        </Link>
        {trouble ? <span className="text-xs break-words text-muted">{trouble}</span> : null}
      </div>
      <span className="flex min-w-0 items-center gap-3 text-xs text-muted max-sm:order-1 max-sm:ml-auto">
        <span className="max-w-40 truncate">{delivery.channel.name}</span>
        <TimeText
          iso={delivery.created_at}
          exact={formatInstant(delivery.created_at)}
          className="shrink-0 text-right tabular-nums sm:w-20"
        >
          {formatAgo(delivery.created_at, now)}
        </TimeText>
      </span>
      {delivery.status === "failed" ? <Retry delivery={delivery} /> : null}
    </li>
  );
}

function Retry({ delivery }: { delivery: Delivery }) {
  const cache = useQueryClient();
  const notify = useNotify();
  const retry = useMutation({
    mutationFn: () => retryDelivery(delivery.id),
    onSuccess: () => cache.invalidateQueries({ queryKey: NOTIFICATIONS_KEY }),
    onError: (error) => notify({ title: sentenceOf(error), tone: "failed" }),
  });
  return (
    <Button
      size="small"
      className="max-sm:order-3"
      aria-label={`Send again: ${delivery.title}`}
      disabled={retry.isPending}
      onClick={() => retry.mutate()}
    >
      Send again
    </Button>
  );
}
