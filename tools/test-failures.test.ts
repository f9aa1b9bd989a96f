import { expect, test } from "vitest"
import { listPlaywrightFailures, listVitestFailures } from "./test-failures.ts"

test("The end of a test run names each failed test, and each file that did not load", () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 0,
    numTodoTests: 0,
    success: false,
    testResults: [
      {
        name: "a.test.ts",
        status: "failed",
        message: "",
        assertionResults: [
          { fullName: "adds", status: "passed", failureMessages: [] },
          {
            fullName: "divides",
            status: "failed",
            failureMessages: ["\u001b[31mby zero\u001b[39m\nat line 3"],
          },
        ],
      },
      { name: "b.test.ts", status: "failed", message: "No such module", assertionResults: [] },
      { name: "c.test.ts", status: "passed", message: "", assertionResults: [] },
    ],
  }
  expect(listVitestFailures(report)).toEqual([
    "a.test.ts: divides\n    by zero\n    at line 3",
    "b.test.ts\n    No such module",
  ])
})

test("The end of a test run names each failed scenario with the seed that repeats it", () => {
  const run = (title: string, status: string, message?: string) => ({
    file: "walk.spec.ts",
    title,
    tests: [
      {
        projectName: "sqlite",
        status,
        annotations: [{ type: "seed", description: "42" }],
        results: [{ errors: message === undefined ? [] : [{ message }] }],
      },
    ],
  })
  const suites = [
    { specs: [run("opens", "expected")], suites: [{ specs: [run("ends", "unexpected", "no row")] }] },
    { specs: [run("closes", "flaky", "slow")] },
  ]
  expect(listPlaywrightFailures({ suites })).toEqual([
    "walk.spec.ts (sqlite): ends [seed 42]\n    no row",
    "walk.spec.ts (sqlite): closes [seed 42]\n    slow",
  ])
})
