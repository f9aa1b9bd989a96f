import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { listUnproved, readAsvsRows } from "./asvs-rows.ts"
import { listPlaywrightOutcomes, listVitestOutcomes } from "./test-failures.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const read = (path: string) => readFileSync(join(root, path), "utf8")

/** The level of each requirement of ASVS 5.0.0 by section: after 1.3, "12" is 1.3.1 of level 1 and 1.3.2 of level 2. */
const levels = `
1.1 22 1.2 1111122223 1.3 112222222223 1.4 222 1.5 123 2.1 122 2.2 112 2.3 12223 2.4 23
3.1 3 3.2 113 3.3 12223 3.4 11222233 3.5 11122333 3.6 3 3.7 22333 4.1 12233 4.2 23333 4.3 22 4.4 1222
5.1 2 5.2 112333 5.3 113 5.4 222 6.1 122 6.2 111111112222 6.3 11223333 6.4 112233 6.5 22222333 6.6 2223
6.7 33 6.8 2222 7.1 222 7.2 1111 7.3 22 7.4 11222 7.5 223 7.6 22 8.1 1233 8.2 1123 8.3 133 8.4 23
9.1 111 9.2 1222 10.1 22 10.2 223 10.3 22223 10.4 1111122222233333 10.5 22222 10.6 22 10.7 222
11.1 2233 11.2 22233 11.3 11233 11.4 1222 11.5 23 11.6 23 11.7 33 12.1 12233 12.2 11 12.3 22223
13.1 2333 13.2 222223 13.3 2233 13.4 1222233 14.1 22 14.2 12223333 14.3 122 15.1 12233 15.2 12233
15.3 1222222 15.4 3333 16.1 2 16.2 22222 16.3 2222 16.4 222 16.5 2223 17.1 23 17.2 22223333 17.3 22`
const required = [...levels.matchAll(/(\d+\.\d+) (\d+)/g)].flatMap(([, section = "", digits = ""]) =>
  digits.split("").flatMap((level, index) => (level === "3" ? [] : `${section}.${index + 1}`)),
)

/** Returns true when a test file holds the words of a title, before a whole run shows that the test passed. */
const hasTitle = (path: string, title: string) => existsSync(join(root, path)) && read(path).includes(title)

const rows = readAsvsRows()
const anchors = new Set(
  [...read("docs/security.md").matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replace(/\s/g, "-"),
  ),
)

test("docs/asvs.md has each requirement of levels 1 and 2 once", () => {
  expect(required).toHaveLength(253)
  const listed = rows.flatMap(({ numbers }) => numbers)
  expect(required.filter((number) => !listed.includes(number))).toEqual([])
  expect(listed.filter((number, index) => listed.indexOf(number) !== index)).toEqual([])
  expect(listed.filter((number) => !required.includes(number))).toEqual([])
})

test("each row of docs/asvs.md names a test by its title, a paragraph, or a reason", () => {
  const without = rows.filter(({ met, tests }) => {
    const paragraphs = [...met.matchAll(/\]\(security\.md#([\w-]+)\)/g)].map(([, anchor = ""]) => anchor)
    const isReason = /^(Not met|Does not apply): .{15,}/.test(met)
    const exist =
      tests.every(({ path, title }) => title !== null && hasTitle(path, title)) &&
      paragraphs.every((one) => anchors.has(one))
    return !exist || (tests.length + paragraphs.length === 0 && !isReason)
  })
  expect(without.map(({ numbers, met }) => `${numbers.join()}: ${met}`)).toEqual([])
})

test("a whole test run names each row of docs/asvs.md with a test that did not run or did not pass", () => {
  const [adds, divides, opens, ends, gone] = [
    "`a/b.test.ts > adds 1 and`",
    "`a/b.test.ts > divides`",
    "`e2e/c.spec.ts > opens`",
    "`e2e/c.spec.ts > ends`",
    "`a/d.test.ts > adds`",
  ]
  const named = readAsvsRows(
    [`| 1.1.1 | x | ${adds}, ${divides} |`, `| 1.1.2–1.1.3 | x | ${opens}, ${ends}, ${gone} |`].join("\n"),
  )
  const toTest = (fullName: string, status: string) => ({ fullName, status, failureMessages: [] })
  const assertionResults = [
    toTest("numbers adds 1 and 2", "passed"),
    toTest("numbers divides by 1", "passed"),
    toTest("numbers divides by 0", "skipped"),
  ]
  const vitest = {
    testResults: [{ name: "/work/a/b.test.ts", status: "passed", message: "", assertionResults }],
  }
  const toSpec = (title: string, status: string) => ({
    file: "c.spec.ts",
    title,
    tests: [{ projectName: "sqlite", status, annotations: [], results: [] }],
  })
  const suites = [{ specs: [toSpec("opens", "expected")], suites: [{ specs: [toSpec("ends", "flaky")] }] }]
  expect(listUnproved(named, [...listVitestOutcomes(vitest), ...listPlaywrightOutcomes({ suites })])).toEqual(
    [
      "docs/asvs.md 1.1.1: did not pass: a/b.test.ts > divides",
      "docs/asvs.md 1.1.2,1.1.3: did not pass: e2e/c.spec.ts > ends",
      "docs/asvs.md 1.1.2,1.1.3: did not run: a/d.test.ts > adds",
    ],
  )
})
