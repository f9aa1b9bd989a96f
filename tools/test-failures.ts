import { stripVTControlCharacters } from "node:util"

/** Vitest's JSON report, as far as it is read. */
export interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  success: boolean
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

/** Playwright's JSON report, as far as it is read. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  suites: PlaywrightSuite[]
}

interface PlaywrightSuite {
  specs: {
    file: string
    title: string
    tests: {
      projectName: string
      status: string
      annotations: { type: string; description?: string }[]
      results: { errors: { message?: string }[] }[]
    }[]
  }[]
  suites?: PlaywrightSuite[]
}

/** A test that a run began: the path of its file, its title after those of its groups, and whether it passed. */
export interface TestOutcome {
  path: string
  title: string
  passed: boolean
}

const linesOfError = 40

export function listVitestOutcomes({ testResults }: Pick<VitestReport, "testResults">): TestOutcome[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      path: name,
      title: fullName,
      passed: status === "passed",
    })),
  )
}

export function listPlaywrightOutcomes({ suites }: Pick<PlaywrightReport, "suites">): TestOutcome[] {
  return suites.flatMap(({ specs, suites: inner = [] }) => [
    ...specs.map(({ file, title, tests }) => ({
      path: `/e2e/${file}`,
      title,
      passed: tests.every(({ status }) => status === "expected"),
    })),
    ...listPlaywrightOutcomes({ suites: inner }),
  ])
}

/** @returns one text per failed test or file that did not load: its file, its title, the first lines of its error */
export function listVitestFailures({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed")
    if (failed.length === 0) return status === "failed" ? [describe(name, [message])] : []
    return failed.map(({ fullName, failureMessages }) => describe(`${name}: ${fullName}`, failureMessages))
  })
}

/** @returns one text per failed scenario: its file, its title, what it notes (a seed), the first lines of its errors */
export function listPlaywrightFailures({ suites }: Pick<PlaywrightReport, "suites">): string[] {
  return suites.flatMap(({ specs, suites: inner = [] }) => [
    ...specs.flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status !== "expected" && status !== "skipped")
        .map(({ projectName, annotations, results }) => {
          const notes = annotations.map(({ type, description }) => ` [${type} ${description ?? ""}]`).join("")
          const messages = results.flatMap(({ errors }) => errors.map(({ message }) => message ?? ""))
          return describe(`${file} (${projectName}): ${title}${notes}`, messages)
        }),
    ),
    ...listPlaywrightFailures({ suites: inner }),
  ])
}

function describe(title: string, messages: string[]): string {
  const lines = messages.flatMap((message) => stripVTControlCharacters(message).split("\n"))
  return [title, ...lines.slice(0, linesOfError).map((line) => `    ${line}`)].join("\n")
}
