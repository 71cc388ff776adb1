import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { Nav } from "@/components/shell/nav";
import { Providers } from "@/components/shell/providers";
import { ThemeScript } from "@/components/shell/theme-script";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "lrscope", template: "%s · lrscope" },
  description: "The experiment tracker that knows your learning-rate schedule",
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/** Reading the headers has made sure that this is when the request is answered. */
const requestTime = () => Date.now();

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <head>
        <ThemeScript nonce={nonce} />
      </head>
      <body className="bg-ground font-sans text-ink">
        <a
          href="#content"
          className="sr-only z-50 rounded-md bg-overlay px-3 py-2 text-sm shadow-overlay focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to the content
        </a>
        <Providers now={requestTime()}>
          <div className="flex min-h-dvh">
            <Nav />
            {children}
          </div>
        </Providers>
      </body>
    </html>
  );
}
