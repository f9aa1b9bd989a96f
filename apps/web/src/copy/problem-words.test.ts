import { ProblemCode } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { problemWords, toProblemWords } from "./problem-words.ts"
import { toWordsOf } from "./reading-problem-words.ts"

describe("every problem", () => {
  test.each(ProblemCode.options)("%s has a title and advice, calmly", (code) => {
    const { title, advice } = problemWords[code]
    expect(title).toMatch(/^[A-Z].*[^.!]$/)
    expect(advice).toMatch(/^[A-Z].*\.$/)
    expect(`${title} ${advice}`).not.toMatch(/!|oops|sorry|successfully/i)
  })

  test("the title tells problems apart that ask for different things", () => {
    const titles = [
      "atlas_refused",
      "atlas_unreachable",
      "outcome_unknown",
      "atlas_unreadable",
      "atlas_keys_refused",
    ]
    expect(new Set(titles.map((code) => problemWords[code as ProblemCode].title)).size).toBe(titles.length)
  })

  test("of an answer that was lost the advice is about what was asked", () => {
    const fail = (code: ProblemCode) =>
      Object.assign(new Error(code), {
        name: "RequestError",
        failure: { reason: "refused", problem: { code, requestId: "req-1" } },
      })
    const lost = fail("outcome_unknown")
    expect(toProblemWords(lost).advice).not.toMatch(/connection/)
    expect(toProblemWords(lost, "change").advice).toMatch(/^The change may have been made/)
    expect(toProblemWords(lost, "delete").advice).toMatch(/on its way out.*Asking once more is safe/)
    expect(toProblemWords(lost, "access-list").advice).toMatch(/^The entry may be there.*is safe/)
    expect(toProblemWords(fail("atlas_timeout"), "delete").advice).toBe(problemWords.atlas_timeout.advice)
  })

  test("a code of a newer server has words too", () => {
    expect(toWordsOf("from_tomorrow" as ProblemCode)).toEqual(problemWords.internal_error)
    expect(toWordsOf("toString" as ProblemCode)).toEqual(problemWords.internal_error)
  })

  test("a fault of the page itself is not blamed on the server", () => {
    expect(toProblemWords(new TypeError("x is undefined")).title).toBe("This page has a fault")
  })
})
