import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    projects: [
      "apps/web",
      ...[
        "packages/shared-schemas",
        "packages/peering-rules",
        "packages/atlas-simulator",
        "packages/demo-identity-provider",
        "apps/bff",
        "tools",
      ].map((root) => ({
        root,
        // Long timeouts for busy machines. No test asserts a duration.
        test: {
          name: root,
          environment: "node",
          include: ["**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      })),
    ],
  },
})
