import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { TestOutcome } from "./test-failures.ts"

/** A row of docs/asvs.md: the numbers of its requirements, how they are met, and the tests that it names. */
export interface AsvsRow {
  numbers: string[]
  met: string
  tests: NamedTest[]
}

/** A test file and words of a title in it. The words of a `describe` name all tests below it. Null when the row has no title. */
interface NamedTest {
  path: string
  title: string | null
}

/** Reads rows like `| 6.2.1–6.2.3, 6.5.1 | passwords | "apps/…/a.test.ts > refuses a short one" |`, with backticks for quotes. */
export function readAsvsRows(
  markdown = readFileSync(fileURLToPath(new URL("../docs/asvs.md", import.meta.url)), "utf8"),
): AsvsRow[] {
  return markdown.split("\n").flatMap((line) => {
    const [, first = "", , met = ""] = line.split("|").map((cell) => cell.trim())
    if (!/^\d+\.\d+\.\d+/.test(first)) return []
    const named = met.matchAll(/`([\w./-]+\.(?:test|spec)\.tsx?)(?: > ([^`]+))?`/g)
    const tests = [...named].map(([, path = "", title = null]) => ({ path, title }))
    return [{ numbers: first.split(", ").flatMap(expand), met, tests }]
  })
}

function expand(span: string): string[] {
  const [from = "", to = from] = span.split("–")
  const section = from.replace(/\.\d+$/, "")
  const [begin, end] = [from, to].map((number) => Number(number.slice(number.lastIndexOf(".") + 1)))
  return Array.from(
    { length: (end ?? 0) - (begin ?? 0) + 1 },
    (_, index) => `${section}.${(begin ?? 0) + index}`,
  )
}

/** @returns one line for each test of a row that did not run, or of which one did not pass */
export function listUnproved(rows: AsvsRow[], outcomes: TestOutcome[]): string[] {
  return rows.flatMap(({ numbers, tests }) =>
    tests.flatMap(({ path, title }) => {
      const named = outcomes.filter(
        (outcome) => outcome.path.endsWith(`/${path}`) && outcome.title.includes(title ?? ""),
      )
      if (named.length > 0 && named.every(({ passed }) => passed)) return []
      const what = named.length === 0 ? "did not run" : "did not pass"
      return [`docs/asvs.md ${numbers.join()}: ${what}: ${path} > ${title ?? ""}`]
    }),
  )
}
