"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PanelError } from "@/components/ui/panel-error";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { channelsQuery } from "@/lib/client/notifications/queries";
import type { ChannelPage } from "@/lib/contracts/notifications";
import { ChannelRow } from "./channel-row";
import { SettingsSection } from "./settings-section";

/** Fetched when it is first opened: its form is checked by the wire's own schemas. */
const ChannelDialog = dynamic(() => import("./channel-dialog").then((file) => file.ChannelDialog), {
  ssr: false,
});

const NEW = "new";

/** Where news is sent. */
export function Channels({ initial }: { initial: z.infer<typeof ChannelPage> }) {
  const { data, error, refetch } = useQuery({ ...channelsQuery(), initialData: initial });
  /** The id of the channel in the dialog, or `NEW`. */
  const [edited, setEdited] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const edit = (id: string) => {
    setAsked(true);
    setEdited(id);
  };
  const { items } = data;
  const isEmpty = items.length === 0;
  const add = (
    <Button variant={isEmpty ? "primary" : "secondary"} onClick={() => edit(NEW)}>
      Add a channel
    </Button>
  );
  return (
    <SettingsSection
      title="Notifications"
      description="Get a message when a change waits for you, a loss becomes NaN or infinite, or a run falls silent or ends."
      aside={isEmpty ? null : add}
    >
      {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
      {isEmpty ? (
        <EmptyState title="No channel yet" actions={add}>
          Add a Slack-compatible webhook, a webhook of your own or an e-mail address, and try it out with a
          test message.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {items.map((channel) => (
            <ChannelRow key={channel.id} channel={channel} onEdit={() => edit(channel.id)} />
          ))}
        </ul>
      )}
      {asked ? (
        <ChannelDialog
          open={edited !== null}
          channel={items.find(({ id }) => id === edited) ?? null}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </SettingsSection>
  );
}
