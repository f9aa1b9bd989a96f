import { spawn } from "node:child_process"
import { readFileSync, rmSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { listUnproved, readAsvsRows } from "./asvs-rows.ts"
import { installDebianPackages } from "./debian-packages.ts"
import { findChromium, findProgram } from "./find-chromium.ts"
import {
  listPlaywrightFailures,
  listPlaywrightOutcomes,
  listVitestFailures,
  listVitestOutcomes,
  type PlaywrightReport,
  type TestOutcome,
  type VitestReport,
} from "./test-failures.ts"
import { createTestFolder } from "./test-folder.ts"

interface Tally {
  passed: number
  failed: number
  skipped: number
  /** Titles of what failed, each with the first lines of its error: the output of both runs mixes, and a log may keep its end alone. */
  failures: string[]
}

const started = Date.now()
const cores = availableParallelism()
/** Holds the reports, and what tests put into a folder for temporary files. */
const folder = createTestFolder()
const broken: Tally = { passed: 0, failed: 1, skipped: 0, failures: ["the run itself broke"] }
/** The rows of the table at the end. */
const parts: { name: string; seconds: number; tally: Tally }[] = []
const outcomes: TestOutcome[] = []

// Installing waits for the network and checking for the processor.
const [chromiumPath] = await Promise.all([
  providePrograms(),
  measure("format, lint, types, unused code, words, build, size", runChecks),
])
const postgres = await startPostgres()
await runSideBySide([
  () => measure("rules, server and page tests", () => runVitest(postgres.url)),
  () => measure("scenarios in a real browser", () => runPlaywright(chromiumPath, postgres.url)),
])
await postgres.stop()
await measure("tests that docs/asvs.md names", checkAsvs)
rmSync(folder, { recursive: true, force: true })
printSummary()

/** Runs works at the same time, which uses the pauses of each, or in turn where there is one core. */
async function runSideBySide<Result>(works: (() => Promise<Result>)[]): Promise<Result[]> {
  if (cores > 1) return await Promise.all(works.map((work) => work()))
  const results: Result[] = []
  for (const work of works) results.push(await work())
  return results
}

async function runChecks(): Promise<Tally> {
  const lanes = [
    ["build", "check:size", "check:format"],
    ["check:types", "check:lint", "check:unused", "check:words"],
  ]
  const runLane = async (names: string[]) => {
    const failures: string[] = []
    for (const name of names)
      if (!(await run(name, ["pnpm", "run", name], { quiet: true }))) failures.push(name)
    const failed = failures.length
    return { passed: names.length - failed, failed, skipped: 0, failures }
  }
  return sum(await runSideBySide(lanes.map((lane) => () => runLane(lane))))
}

async function runVitest(postgresUrl: string | null): Promise<Tally> {
  const reportFile = join(folder, "vitest.json")
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile=${reportFile}`]
  const vitest = ["pnpm", "exec", "vitest", "run", `--maxWorkers=${cores}`, ...reporters]
  const env = { TMPDIR: folder, TEST_POSTGRES_URL: postgresUrl ?? "" }
  const passed = await run("vitest", vitest, { env })
  const report = readReport(reportFile) as VitestReport | null
  if (report === null) return broken
  outcomes.push(...listVitestOutcomes(report))
  // A test file that does not load fails without a failed test, and an error outside of tests is not in the report.
  const failed = passed && report.success ? 0 : Math.max(report.numFailedTests, 1)
  const failures = listVitestFailures(report)
  if (failed > failures.length)
    failures.push("Vitest failed without a failed test: look for Unhandled Errors above")
  return {
    passed: report.numPassedTests,
    failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  }
}

async function runPlaywright(chromium: string, postgresUrl: string | null): Promise<Tally> {
  if (postgresUrl === null) return broken
  const reportFile = join(folder, "playwright.json")
  const passed = await run(
    "playwright",
    ["pnpm", "--filter", "@peering-desk/e2e", "exec", "playwright", "test", `--workers=${cores}`],
    {
      env: {
        TMPDIR: folder,
        PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
        E2E_POSTGRES_URL: postgresUrl,
        CHROMIUM_PATH: chromium,
      },
      // Beside Vitest, whose lines would mix with these.
      quiet: cores > 1,
    },
  )
  const report = readReport(reportFile) as PlaywrightReport | null
  if (report === null) return broken
  outcomes.push(...listPlaywrightOutcomes(report))
  const { expected, unexpected, flaky, skipped } = report.stats
  const failed = unexpected + flaky
  const failures = listPlaywrightFailures(report)
  return { passed: expected, failed: passed ? failed : Math.max(failed, 1), skipped, failures }
}

/** Checks that each test passed that docs/asvs.md names, unless a run broke and has no report. */
function checkAsvs(): Promise<Tally> {
  const isBroken = parts.some(({ tally }) => tally === broken)
  const failures = isBroken ? [] : listUnproved(readAsvsRows(), outcomes)
  const failed = failures.length
  return Promise.resolve({ passed: failed === 0 ? 1 : 0, failed, skipped: 0, failures })
}

/** Starts one PostgreSQL server for all tests; its URL is null when it does not start. It ends with this process at the latest. */
async function startPostgres(): Promise<{ url: string | null; stop: () => Promise<void> }> {
  say("starting a PostgreSQL server")
  const server = spawn("pnpm", ["exec", "tsx", "apps/bff/test/support/postgres-command.ts"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, TMPDIR: folder },
  })
  const url = await new Promise<string | null>((resolve) => {
    server.stdout.once("data", (line: Buffer) => resolve(line.toString().trim()))
    server.once("exit", () => resolve(null))
  })
  const ended = new Promise((resolve) => server.once("close", resolve))
  return {
    url,
    async stop() {
      server.stdin.end()
      await ended
    },
  }
}

/** Installs what the tests need and this machine lacks. Returns the path of Chromium; an empty one means Playwright's own. */
async function providePrograms(): Promise<string> {
  // Tests run printed commands in these. Where one can't be installed, they fail with its name.
  const shells = ["bash", "dash", "zsh", "busybox"].filter((name) => findProgram(name) === null)
  if (shells.length > 0) {
    say(`installing ${shells.join(", ")} from Debian`)
    if (!(await installDebianPackages(shells)))
      say(`Install ${shells.join(", ")} by hand (as root on Debian: apt-get install ${shells.join(" ")}).`)
  }
  const found = findChromium()
  if (found !== null) return found
  say("no Chromium here; installing it from Debian")
  const installed = (await installDebianPackages(["chromium-headless-shell", "fonts-liberation"]))
    ? findChromium()
    : null
  if (installed !== null) return installed
  say("that is not possible here; trying Playwright's own")
  const install = ["pnpm", "--filter", "@peering-desk/e2e", "exec", "playwright", "install", "chromium"]
  if (await run("installing Playwright's Chromium", install)) return ""
  say(
    "Install Chromium by hand (as root on Debian: apt-get install chromium), or set CHROMIUM_PATH to one, and run this again.",
  )
  return process.exit(1)
}

async function measure(name: string, work: () => Promise<Tally>): Promise<void> {
  say(name)
  const from = Date.now()
  const tally = await work()
  parts.push({ name, seconds: (Date.now() - from) / 1000, tally })
}

/**
 * Runs a command.
 * @param options quiet keeps its output until it has ended, and shows it when it failed
 * @returns true when it succeeded
 */
function run(
  what: string,
  [command = "", ...args]: string[],
  options: { env?: Record<string, string>; quiet?: boolean } = {},
): Promise<boolean> {
  const { env = {}, quiet = false } = options
  const child = spawn(command, args, {
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    env: { ...process.env, ...env },
  })
  let output = ""
  for (const pipe of [child.stdout, child.stderr]) pipe?.on("data", (text) => (output += String(text)))
  return new Promise((resolve) => {
    child.once("error", () => resolve(false))
    child.once("close", (code) => {
      if (quiet) say(code === 0 ? `${what}: passed` : `${what}: FAILED\n${output}`)
      resolve(code === 0)
    })
  })
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"))
  } catch {
    say(`no report at ${path}: the run itself broke`)
    return null
  }
}

function printSummary(): void {
  const { passed, failed, skipped, failures } = sum(parts.map(({ tally }) => tally))
  if (failures.length > 0) say(`failed:\n\n${failures.join("\n\n")}`)
  say("time by part")
  for (const { name, seconds, tally } of parts)
    process.stdout.write(`${formatTime(seconds)}  ${String(tally.passed).padStart(5)} passed  ${name}\n`)
  process.stdout.write(`${formatTime((Date.now() - started) / 1000)}  in all\n`)
  if (skipped > 0)
    say(`${skipped} tests were skipped; a test that does not run proves nothing, so this run fails`)
  process.stdout.write(`\n${passed} passed, ${failed + skipped} failed\n`)
  process.exitCode = failed + skipped === 0 ? 0 : 1
}

function sum(tallies: Tally[]): Tally {
  return tallies.reduce((total, { passed, failed, skipped, failures }) => ({
    passed: total.passed + passed,
    failed: total.failed + failed,
    skipped: total.skipped + skipped,
    failures: [...total.failures, ...failures],
  }))
}

/** Formats seconds as minutes, for example "  3:07". */
function formatTime(seconds: number): string {
  const whole = Math.round(seconds)
  return `${String(Math.floor(whole / 60)).padStart(3)}:${String(whole % 60).padStart(2, "0")}`
}

function say(what: string): void {
  process.stdout.write(`\n── ${what}\n`)
}
