"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PanelError } from "@/components/ui/panel-error";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { channelsQuery } from "@/lib/client/notifications/queries";
import type { ChannelPage } from "@/lib/contracts/notifications";
import { ChannelDialog } from "./channel-dialog";
import { ChannelRow } from "./channel-row";
import { SettingsSection } from "./settings-section";

const NEW = "new";

/** Where news is sent. */
export function Channels({ initial }: { initial: z.infer<typeof ChannelPage> }) {
  const { data, error, refetch } = useQuery({ ...channelsQuery(), initialData: initial });
  /** The id of the channel in the dialog, or `NEW`. */
  const [edited, setEdited] = useState<string | null>(null);
  const { items } = data;
  const isEmpty = items.length === 0;
  const add = (
    <Button variant={isEmpty ? "primary" : "secondary"} onClick={() => setEdited(NEW)}>
      Add a channel
    </Button>
  );
  return (
    <SettingsSection
      title="Notifications"
      description="News of your runs, sent to where you are: a change that waits for you, a loss that is no number any more, a run that fell silent or ended."
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
            <ChannelRow key={channel.id} channel={channel} onEdit={() => setEdited(channel.id)} />
          ))}
        </ul>
      )}
      <ChannelDialog
        open={edited !== null}
        channel={items.find(({ id }) => id === edited) ?? null}
        onClose={() => setEdited(null)}
      />
    </SettingsSection>
  );
}
