import { defineConfig } from "@playwright/test"
import type { WorkerFixtures } from "./scenario.ts"

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium"
const postgresUrl = process.env["E2E_POSTGRES_URL"]

// One for all workers, which inherit it: they share out what a shuffle of the scenes gives.
process.env["E2E_SEED"] ??= String(Date.now() % 1_000_000)

export default defineConfig<object, WorkerFixtures>({
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  // A busy machine is slow; no test asserts a duration.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [["list"], ["json"]],
  projects: [
    { name: "sqlite" },
    // Scenarios that depend on the store most. The store's own tests cover both databases in full.
    ...(postgresUrl === undefined ? [] : [{ name: "postgres", grep: /@postgres/, use: { postgresUrl } }]),
  ],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    // The headless shell asks for permission to copy, and nobody is there to answer.
    permissions: ["clipboard-write"],
    launchOptions: {
      ...(executablePath === "" ? {} : { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
    // A failure leaves a picture and the page's text. Traces of all scenarios would cost a third of the run: `--trace on` adds them.
    screenshot: "only-on-failure",
  },
})
