"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { ProblemError, sentenceOf } from "@/lib/client/http/problem-error";
import { createChannel, NOTIFICATIONS_KEY, updateChannel } from "@/lib/client/notifications/queries";
import { projectsQuery } from "@/lib/client/projects/queries";
import { type Channel, NewsEvent } from "@/lib/contracts/notifications";
import {
  type ChannelDraft,
  type DraftErrors,
  draftOf,
  EMPTY_DRAFT,
  errorsOf,
  readChange,
  readNew,
} from "@/lib/presenters/notifications/channel-draft";
import { EVENT_WORDS, KIND_WORDS } from "@/lib/presenters/notifications/words";
import { Field } from "./field";
import { TargetFields } from "./target-fields";

interface Props {
  /** null: a new one. */
  channel: Channel | null;
  open: boolean;
  onClose: () => void;
}

/** Adds a channel, or changes one. */
export function ChannelDialog({ channel, open, onClose }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (next ? undefined : onClose())}
      title={channel ? `Change ${channel.name}` : "Add a channel"}
      description="Secrets are stored on this server and never shown again."
      className="w-[32rem]"
    >
      <ChannelForm key={channel?.id ?? "new"} channel={channel} onDone={onClose} />
    </Dialog>
  );
}

const KINDS = (["slack", "webhook", "email"] as const).map((value) => ({ value, label: KIND_WORDS[value] }));

function ChannelForm({ channel, onDone }: { channel: Channel | null; onDone: () => void }) {
  const [draft, setDraft] = useState(channel ? draftOf(channel) : EMPTY_DRAFT);
  const [errors, setErrors] = useState<DraftErrors>({});
  const save = useSave(channel, onDone, (error) => setErrors(refusedFields(error, draft)));
  const set = (change: Partial<ChannelDraft>) => {
    setDraft({ ...draft, ...change });
    setErrors({});
  };
  const submit = (form: HTMLFormElement) => {
    const read = channel ? readChange(draft, channel) : readNew(draft);
    if (read.errors === null) return save.mutate(draft);
    flushSync(() => setErrors(read.errors));
    form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
    >
      {channel ? null : (
        <Select
          label="Kind"
          value={draft.kind}
          options={KINDS}
          onChange={(kind) => set({ kind })}
          className="w-fit"
        />
      )}
      <Field
        label="Name"
        value={draft.name}
        maxLength={250}
        placeholder="team channel"
        error={errors.name}
        onChange={(name) => set({ name })}
      />
      <TargetFields draft={draft} errors={errors} before={channel} set={set} />
      <WantedFields draft={draft} errors={errors} set={set} />
      {save.error && Object.keys(errors).length === 0 ? (
        <p role="alert" className="text-sm text-failed">
          {sentenceOf(save.error)}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <DialogClose render={<Button variant="ghost">Cancel</Button>} />
        <Button type="submit" variant="primary" disabled={save.isPending}>
          {channel ? "Save" : "Add"}
        </Button>
      </div>
    </form>
  );
}

/** What the server refuses, by field; empty when it is none of them. */
const refusedFields = (error: unknown, draft: ChannelDraft): DraftErrors =>
  error instanceof ProblemError ? errorsOf(error.problem.invalid_params ?? [], draft) : {};

function useSave(channel: Channel | null, onDone: () => void, onError: (error: unknown) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (draft: ChannelDraft) => {
      if (channel) {
        const { body } = readChange(draft, channel);
        if (body) await updateChannel(channel.id, body);
      } else {
        const { body } = readNew(draft);
        if (body) await createChannel(body);
      }
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: NOTIFICATIONS_KEY });
      onDone();
    },
    onError,
  });
}

interface WantedProps {
  draft: ChannelDraft;
  errors: DraftErrors;
  set: (change: Partial<ChannelDraft>) => void;
}

/** Which news, and of which project. */
function WantedFields({ draft, errors, set }: WantedProps) {
  const { data } = useQuery(projectsQuery());
  const projects = [
    { value: "", label: "every project" },
    ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  const toggle = (event: NewsEvent, wanted: boolean) =>
    set({
      events: NewsEvent.options.filter((known) => (known === event ? wanted : draft.events.includes(known))),
    });
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm text-muted">Notify when</legend>
        {NewsEvent.options.map((event) => (
          <label key={event} className="flex items-start gap-2 text-sm">
            <span className="flex h-5 items-center">
              <Checkbox
                label={EVENT_WORDS[event].label}
                checked={draft.events.includes(event)}
                onChange={(wanted) => toggle(event, wanted)}
              />
            </span>
            <span>
              {EVENT_WORDS[event].label} <span className="text-muted">– {EVENT_WORDS[event].hint}</span>
            </span>
          </label>
        ))}
        {errors.events ? (
          <p role="alert" className="text-xs text-failed">
            Choose {errors.events}
          </p>
        ) : null}
      </fieldset>
      {draft.events.includes("stalled") ? (
        <Field
          label="Minutes of silence"
          inputMode="numeric"
          value={draft.stalledMinutes}
          error={errors.stalledMinutes}
          className="w-40"
          onChange={(stalledMinutes) => set({ stalledMinutes })}
        />
      ) : null}
      <Select
        label="Runs of"
        value={draft.project}
        options={projects}
        onChange={(project) => set({ project })}
        className="w-fit"
      />
    </>
  );
}
