"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Select } from "@/components/ui/select";
import type { Channel } from "@/lib/contracts/notifications";
import {
  type ChannelDraft,
  type DraftErrors,
  storedSecret,
} from "@/lib/presenters/notifications/channel-draft";
import { Field } from "./field";

interface Props {
  draft: ChannelDraft;
  errors: DraftErrors;
  /** The channel that is edited; its secrets are not known here. */
  before: Channel | null;
  set: (change: Partial<ChannelDraft>) => void;
}

const KEEP = "Leave it empty to keep the one that is stored.";
const SECRET_HINTS = { stays: KEEP, left: "The secret does not go to a new address: give one again." };
const PASSWORD_HINTS = {
  stays: KEEP,
  left: "The password does not go to another server or user name: give it again.",
};
const STORED = "••••••••";

/** Where the messages go, by the kind of channel. */
export function TargetFields(props: Props) {
  if (props.draft.kind === "email") return <EmailFields {...props} />;
  return (
    <>
      <AddressField {...props} />
      {props.draft.kind === "webhook" ? <SecretFields {...props} /> : null}
    </>
  );
}

function AddressField({ draft, errors, before, set }: Props) {
  const shown = before && before.target.kind !== "email" ? before.target.url : null;
  const example =
    draft.kind === "slack" ? "https://hooks.slack.com/services/…" : "https://example.com/lrscope";
  return (
    <Field
      label="Address"
      inputMode="url"
      value={draft.url}
      placeholder={shown ?? example}
      hint={shown ? KEEP : HINTS[draft.kind]}
      error={errors.url}
      onChange={(url) => set({ url })}
    />
  );
}

const HINTS = {
  slack: "An incoming webhook of Slack, Mattermost or Rocket.Chat.",
  webhook: "Gets a JSON body by POST.",
  email: undefined,
};

function SecretFields({ draft, errors, before, set }: Props) {
  const stored = storedSecret(draft, before);
  return (
    <div className="flex flex-col gap-2">
      <label className="flex w-fit items-center gap-2 text-sm">
        <Checkbox label="Sign each body" checked={draft.signed} onChange={(signed) => set({ signed })} />
        Sign each body with a secret
      </label>
      {draft.signed ? (
        <Field
          label="Secret"
          type="password"
          value={draft.secret}
          placeholder={stored === "stays" ? STORED : undefined}
          hint={stored ? SECRET_HINTS[stored] : "Your server checks X-Lrscope-Signature with it."}
          error={errors.secret}
          onChange={(secret) => set({ secret })}
        />
      ) : null}
    </div>
  );
}

const SECURITY = [
  { value: "starttls", label: "STARTTLS" },
  { value: "tls", label: "TLS" },
  { value: "none", label: "not encrypted" },
] as const;
/** What each is served on as a rule. */
const PORTS = { starttls: "587", tls: "465", none: "25" };

function EmailFields({ draft, errors, before, set }: Props) {
  const stored = storedSecret(draft, before);
  const isUsual = Object.values(PORTS).includes(draft.port);
  return (
    <>
      <Field
        label="To"
        value={draft.to}
        placeholder="you@example.com, team@example.com"
        error={errors.to}
        onChange={(to) => set({ to })}
      />
      <Field
        label="From"
        value={draft.from}
        placeholder="lrscope@example.com"
        error={errors.from}
        onChange={(from) => set({ from })}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_5rem] gap-3">
        <Field
          label="Mail server"
          value={draft.host}
          placeholder="smtp.example.com"
          error={errors.host}
          onChange={(host) => set({ host })}
        />
        <Field
          label="Port"
          inputMode="numeric"
          value={draft.port}
          error={errors.port}
          onChange={(port) => set({ port })}
        />
      </div>
      <Select
        label="Connection"
        value={draft.security}
        options={SECURITY}
        onChange={(security) => set({ security, ...(isUsual ? { port: PORTS[security] } : {}) })}
        className="w-fit"
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="User name"
          value={draft.username}
          hint="Empty: no login."
          error={errors.username}
          onChange={(username) => set({ username })}
        />
        <Field
          label="Password"
          type="password"
          value={draft.password}
          placeholder={stored === "stays" ? STORED : undefined}
          hint={stored ? PASSWORD_HINTS[stored] : undefined}
          error={errors.password}
          onChange={(password) => set({ password })}
        />
      </div>
    </>
  );
}
