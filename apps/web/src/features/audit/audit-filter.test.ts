import { AuditFilter, readFilter } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { auditFields, fromLocalInput, toAuditFilter, toLocalInput } from "./audit-filter.ts"

const read = (search: string) =>
  toAuditFilter(readFilter(auditFields, new URLSearchParams(search)), Date.parse("2026-11-24T10:00:00Z"))

describe("The audit filter in the address", () => {
  test("reads as the server takes it", () => {
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

  test("counts a span back from now", () => {
    expect(read("when=week&until=2026-11-01T00:00:00.000Z")).toEqual({ from: "2026-11-17T10:00:00.000Z" })
  })

  test.each([
    "from=yesterday",
    "from=next tuesday 5",
    "until=2026-01-15T12:00:00",
    "action=toString",
    "action=a-word-of-tomorrow",
    "outcome=maybe",
    "text=",
    `text=${"x".repeat(201)}`,
    "before=7&format=csv",
  ])("leaves out what the server would refuse: %s", (search) => {
    expect(read(search)).toEqual({})
  })
})

describe("A moment in a date field", () => {
  test("comes back as the same moment, to the minute", () => {
    expect(fromLocalInput(toLocalInput("2026-11-24T10:07:00.000Z"), "from")).toBe("2026-11-24T10:07:00.000Z")
  })

  test("is empty while half typed", () => {
    expect(fromLocalInput("", "until")).toBe("")
    expect(toLocalInput("")).toBe("")
  })
})
