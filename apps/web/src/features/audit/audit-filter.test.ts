import { AuditFilter } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { changeAuditFilter, fromLocalInput, readAuditFilter, toLocalInput } from "./audit-filter.ts"

const read = (search: string) => readAuditFilter(new URLSearchParams(search))

describe("the filter in the address", () => {
  test("is read as the server takes it", () => {
    const filter = read(
      "from=2026-11-24T10:00:00.000Z&actor=nadia&action=peering-create&projectId=p1&outcome=pending&text=vpc",
    )
    expect(AuditFilter.parse(filter)).toEqual({
      from: "2026-11-24T10:00:00.000Z",
      actor: "nadia",
      action: "peering-create",
      projectId: "p1",
      outcome: "pending",
      text: "vpc",
    })
  })

  test.each([
    "from=yesterday",
    "action=toString",
    "action=a-word-of-tomorrow",
    "outcome=maybe",
    "text=",
    `text=${"x".repeat(201)}`,
    "before=7&format=csv",
  ])("leaves out what the server would refuse: %s", (search) => {
    expect(read(search)).toEqual({})
  })

  test("is changed one thing at a time", () => {
    const one = changeAuditFilter(new URLSearchParams("text=vpc"), "outcome", "done")
    expect(one.toString()).toBe("text=vpc&outcome=done")
    expect(changeAuditFilter(one, "text", "").toString()).toBe("outcome=done")
  })
})

describe("a moment in a field", () => {
  test("is the same moment when it comes back, to the minute", () => {
    expect(fromLocalInput(toLocalInput("2026-11-24T10:07:00.000Z"))).toBe("2026-11-24T10:07:00.000Z")
  })

  test("is none while it is half written", () => {
    expect(fromLocalInput("")).toBe("")
    expect(toLocalInput(undefined)).toBe("")
  })
})
