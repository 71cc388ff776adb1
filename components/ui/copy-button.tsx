"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "@/components/ui/copy-text";
import { IconButton } from "./icon-button";

/** Puts `text` on the clipboard and shows for a moment that it did. */
export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    void copyText(text).then(() => setCopied(true));
  };
  return (
    <IconButton label={copied ? "Copied" : label} onClick={copy}>
      {copied ? <Check size={15} aria-hidden className="text-verified" /> : <Copy size={15} aria-hidden />}
    </IconButton>
  );
}
