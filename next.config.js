/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  compress: true,
  // Native, or loading files of their own at run time: Node requires them, the bundler does not touch them.
  serverExternalPackages: [
    "better-sqlite3",
    "pg",
    "pino",
    "piscina",
    "@prisma/adapter-better-sqlite3",
    "@prisma/adapter-pg",
    "@prisma/client",
  ],
  // `npm run check` does this, with the layer rules and the tests' types.
  typescript: { ignoreBuildErrors: true },
  agentRules: false,
  devIndicators: false,
};
