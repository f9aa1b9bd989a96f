import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findChromium, installDebianPackage } from "./find-chromium.ts"

interface Tally {
  passed: number
  failed: number
  skipped: number
}

const reports = mkdtempSync(join(tmpdir(), "peering-desk-tests-"))
const vitestReport = join(reports, "vitest.json")

process.env["CHROMIUM_PATH"] = provideChromium()

const tallies = [runChecks(), runVitest(), runPlaywright("SQLite", ""), await runPlaywrightOnPostgres()]
const total = tallies.reduce((sum, { passed, failed, skipped }) => ({
  passed: sum.passed + passed,
  failed: sum.failed + failed,
  skipped: sum.skipped + skipped,
}))
if (total.skipped > 0)
  say(`${total.skipped} tests were skipped; a test that does not run proves nothing, so this run fails`)
process.stdout.write(`\n${total.passed} passed, ${total.failed + total.skipped} failed\n`)
process.exitCode = total.failed + total.skipped === 0 ? 0 : 1

function runChecks(): Tally {
  const names = [
    "check:format",
    "check:lint",
    "check:types",
    "check:unused",
    "check:words",
    "build",
    "check:size",
  ]
  const failed = names.filter((name) => !run(name, ["pnpm", "run", name])).length
  return { passed: names.length - failed, failed, skipped: 0 }
}

function runVitest(): Tally {
  run("rules, server and page tests", [
    "pnpm",
    "exec",
    "vitest",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile=${vitestReport}`,
  ])
  const report = readReport(vitestReport) as {
    numPassedTests: number
    numFailedTests: number
    numPendingTests: number
    numTodoTests: number
    success: boolean
  } | null
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  // A test file that could not even be loaded fails no test of its own.
  const failed = report.success ? 0 : Math.max(report.numFailedTests, 1)
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests }
}

function runPlaywright(database: string, postgresUrl: string): Tally {
  const reportFile = join(reports, `playwright-${database}.json`)
  const passed = run(
    `stories in a real browser, on ${database}`,
    ["pnpm", "--filter", "@peering-desk/e2e", "exec", "playwright", "test"],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile, E2E_POSTGRES_URL: postgresUrl },
  )
  const report = readReport(reportFile) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  } | null
  if (report === null) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky
  return { passed: expected, failed: passed ? failed : Math.max(failed, 1), skipped }
}

/** The same stories once more, each on a database of its own on a PostgreSQL server that lives as long as they do. */
async function runPlaywrightOnPostgres(): Promise<Tally> {
  say("starting a PostgreSQL server")
  const server = spawn("pnpm", ["exec", "tsx", "apps/bff/test/support/postgres-command.ts"], {
    stdio: ["pipe", "pipe", "inherit"],
  })
  const url = await new Promise<string | null>((resolve) => {
    server.stdout.once("data", (line: Buffer) => resolve(line.toString().trim()))
    server.once("exit", () => resolve(null))
  })
  if (url === null) return { passed: 0, failed: 1, skipped: 0 }
  const tally = runPlaywright("PostgreSQL", url)
  server.stdin.end()
  return tally
}

function provideChromium(): string {
  const found = findChromium()
  if (found !== null) return found
  say("no Chromium here; installing it from Debian")
  const installed = installDebianPackage("chromium") ? findChromium() : null
  if (installed !== null) return installed
  say("that is not possible here; trying Playwright's own")
  if (
    run("installing Playwright's Chromium", [
      "pnpm",
      "--filter",
      "@peering-desk/e2e",
      "exec",
      "playwright",
      "install",
      "chromium",
    ])
  )
    return ""
  say(
    "Install Chromium by hand (as root on Debian: apt-get install chromium), or set CHROMIUM_PATH to one, and run this again.",
  )
  return process.exit(1)
}

function run(what: string, [command = "", ...args]: string[], extra: Record<string, string> = {}): boolean {
  say(what)
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...extra } })
  return status === 0
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch {
    say(`no report at ${path}: the run itself broke`)
    return null
  }
}

function say(what: string): void {
  process.stdout.write(`\n── ${what}\n`)
}
