"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Hash, Mail, Pencil, Trash2, Webhook } from "lucide-react";
import { Status } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Switch } from "@/components/ui/switch";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import {
  deleteChannel,
  NOTIFICATIONS_KEY,
  restoreChannel,
  testChannel,
  updateChannel,
} from "@/lib/client/notifications/queries";
import type { Channel } from "@/lib/contracts/notifications";
import { addressOf, KIND_WORDS, wantedWords } from "@/lib/presenters/notifications/words";

const ICON = { slack: Hash, webhook: Webhook, email: Mail };

interface Props {
  channel: Channel;
  onEdit: () => void;
}

/** A channel with what it wants, a switch, and a button that tries it out. */
export function ChannelRow({ channel, onEdit }: Props) {
  const test = useMutation({ mutationFn: () => testChannel(channel.id) });
  const Icon = ICON[channel.kind];
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Icon size={16} role="img" aria-label={KIND_WORDS[channel.kind]} className="shrink-0 text-muted" />
        <div className="flex min-w-0 flex-1 basis-56 flex-col">
          <span className="truncate text-sm font-medium">{channel.name}</span>
          <span className="truncate text-xs text-muted">{addressOf(channel)}</span>
          <span className="text-xs text-muted">{wantedWords(channel)}</span>
        </div>
        <div className="flex items-center gap-1 max-sm:w-full max-sm:justify-end">
          <Enabled channel={channel} />
          <Button size="small" className="ml-2" disabled={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? "Sending…" : "Test"}
          </Button>
          <IconButton label={`Edit ${channel.name}`} onClick={onEdit}>
            <Pencil size={15} aria-hidden />
          </IconButton>
          <Delete channel={channel} />
        </div>
      </div>
      <div role="status" className="pl-7 text-sm empty:hidden">
        {test.data ? (
          <Status
            tone={test.data.sent ? "verified" : "failed"}
            shape={test.data.sent ? "check" : "cross"}
            className="items-baseline whitespace-normal"
          >
            <span className="min-w-0 break-words">
              {test.data.sent ? "Sent" : "Not sent"}: {test.data.detail}
            </span>
          </Status>
        ) : null}
        {test.error ? <span className="text-failed">{sentenceOf(test.error)}</span> : null}
      </div>
    </li>
  );
}

function Enabled({ channel }: { channel: Channel }) {
  const cache = useQueryClient();
  const notify = useNotify();
  const change = useMutation({
    mutationFn: (enabled: boolean) => updateChannel(channel.id, { enabled }),
    onSettled: () => cache.invalidateQueries({ queryKey: NOTIFICATIONS_KEY }),
    onError: (error) => notify({ title: sentenceOf(error), tone: "failed" }),
  });
  return (
    <Switch
      label={`Send to ${channel.name}`}
      checked={change.isPending ? change.variables : channel.enabled}
      onChange={(enabled) => change.mutate(enabled)}
    />
  );
}

/** At once, since it can be taken back: the notice holds the button. */
function Delete({ channel }: { channel: Channel }) {
  const cache = useQueryClient();
  const notify = useNotify();
  const refresh = () => cache.invalidateQueries({ queryKey: NOTIFICATIONS_KEY });
  const failed = (error: unknown) => notify({ title: sentenceOf(error), tone: "failed" });
  const remove = useMutation({
    mutationFn: () => deleteChannel(channel.id),
    onError: failed,
    onSuccess: async () => {
      await refresh();
      notify({
        title: `Deleted ${channel.name}`,
        detail: "It can be restored, with its address and secret, for 30 days.",
        // Not a mutation: the row is gone by the time the notice is answered.
        action: { label: "Undo", onClick: () => void restoreChannel(channel.id).then(refresh, failed) },
      });
    },
  });
  return (
    <IconButton label={`Delete ${channel.name}`} disabled={remove.isPending} onClick={() => remove.mutate()}>
      <Trash2 size={15} aria-hidden />
    </IconButton>
  );
}
