import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: [
      "apps/web",
      ...[
        "packages/shared-schemas",
        "packages/peering-rules",
        "packages/atlas-simulator",
        "apps/bff",
        "tools",
      ].map((root) => ({
        root,
        test: { name: root, environment: "node", include: ["**/*.test.ts"] },
      })),
    ],
  },
})
