import { ProblemCode } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { RequestError } from "#api/request-error.ts"
import { problemTexts } from "./problem-texts.ts"
import { getProblemText, toCodeWords, toProblemWords } from "./problems.ts"

describe("Words for problems", () => {
  test.each(ProblemCode.options)("Problem %s has a calm title and advice", (code) => {
    const { title, advice } = problemTexts[code]
    expect(title).toMatch(/^[A-Z].*[^.!]$/)
    expect(advice).toMatch(/^[A-Z].*\.$/)
    expect(`${title} ${advice}`).not.toMatch(/!|oops|sorry|successfully/i)
  })

  test("Problems that ask for different things have different titles", () => {
    const titles = [
      "atlas_refused",
      "atlas_unreachable",
      "outcome_unknown",
      "atlas_unreadable",
      "atlas_keys_refused",
    ]
    expect(new Set(titles.map((code) => problemTexts[code as ProblemCode].title)).size).toBe(titles.length)
  })

  test("The advice for a lost answer depends on what was asked", () => {
    const fail = (code: ProblemCode) =>
      new RequestError({
        reason: "refused",
        problem: { type: "about:blank", code, title: code, status: 504, requestId: "req-1" },
      })
    const lost = fail("outcome_unknown")
    expect(toProblemWords(lost).advice).not.toMatch(/connection/)
    expect(toProblemWords(lost, "change").advice).toMatch(/^The change may have been made/)
    expect(toProblemWords(lost, "delete").advice).toMatch(/deleted already.*Trying again is safe/)
    expect(toProblemWords(lost, "access-list").advice).toMatch(/^The entry may be there.*is safe/)
    expect(toProblemWords(fail("atlas_timeout"), "delete").advice).toBe(problemTexts.atlas_timeout.advice)
  })

  test("The advice when the server can't be reached says of a change that it may have been made", () => {
    const unreachable = (isChange: boolean) => new RequestError({ reason: "unreachable", isChange })
    expect(toProblemWords(unreachable(false)).advice).toBe("Check your network, then try again.")
    expect(toProblemWords(unreachable(true)).advice).toMatch(/may have been done already/)
    expect(toProblemWords(unreachable(true), "delete").advice).toMatch(
      /deleted already.*Trying again is safe/,
    )
  })

  test.each(ProblemCode.options)(
    "Problem %s names no API key where the credential is a service account",
    (code) => {
      const { title, advice } = getProblemText(code, "service-account")
      expect(`${title} ${advice}`).not.toMatch(/API key|the key\b|an service/)
    },
  )

  test("A refusal of a service account is not called one of an API key", () => {
    const atlas = { status: 401, errorCode: null, detail: null, keyKind: "service-account" } as const
    const problem = { type: "about:blank", code: "atlas_keys_refused", title: "-", status: 502 } as const
    const error = new RequestError({ reason: "refused", problem: { ...problem, requestId: "req-1", atlas } })
    for (const { title } of [toProblemWords(error), toCodeWords("atlas_keys_refused", atlas)])
      expect(title).toBe("Atlas rejected this server's service account")
    expect(toCodeWords("atlas_keys_refused").title).toBe("Atlas rejected this server's API key")
  })

  test("A code of a newer server reads as an internal error", () => {
    expect(getProblemText("from_tomorrow" as ProblemCode)).toEqual(problemTexts.internal_error)
    expect(getProblemText("toString" as ProblemCode)).toEqual(problemTexts.internal_error)
  })

  test.each(["unreachable", "unreadable"] as const)(
    "A change whose answer was %s may have been made",
    (reason) => {
      const toAdvice = (isChange: boolean) =>
        toProblemWords(new RequestError({ reason, isChange, status: 502 }), "delete").advice
      expect(toAdvice(true)).toContain("The connection may be deleted already. Trying again is safe.")
      expect(toAdvice(false)).not.toContain("may be deleted")
    },
  )

  test("An error of the page itself is not blamed on the server", () => {
    expect(toProblemWords(new TypeError("x is undefined")).title).toBe("Something broke on this page")
  })
})
