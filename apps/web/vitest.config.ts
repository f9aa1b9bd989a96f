import react from "@vitejs/plugin-react"
import { defineConfig } from "vitest/config"

export default defineConfig({
  plugins: [react()],
  test: {
    name: "web",
    environment: "jsdom",
    // Files share a page and its modules: loading both for each file would take a third of the time.
    isolate: false,
    // A busy machine is slow; no test asserts a duration.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    // Times are written on the person's own clock.
    env: { TZ: "UTC" },
    setupFiles: ["src/mock-bff/testing-library.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
})
