const SECURITY_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  compress: true,
  // Native, or loading files of their own at run time: Node requires them, the bundler does not touch them.
  serverExternalPackages: [
    "better-sqlite3",
    "pg",
    "pino",
    "@prisma/adapter-better-sqlite3",
    "@prisma/adapter-pg",
    "@prisma/client",
  ],
  // `npm run check` does this, with the layer rules and the tests' types.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  devIndicators: false,
  headers: async () => [
    { source: "/:path*", headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
  ],
};
