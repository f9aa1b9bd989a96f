import { ApprovalList, approvalUrls, type Approval } from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openApprovalDesk, type ApprovalDesk } from "#test/support/approvals.ts"
import { readVerdict } from "#test/support/requests.ts"
import type { ChangeTable } from "#store/change-tables.ts"

let held: ApprovalDesk
let oldest: Approval
beforeAll(async () => {
  held = await openApprovalDesk()
  oldest = await held.hold("nadia", 1)
})
afterAll(() => held.desk.close())

/** Stores later requests like the first one. Some have the same moment. */
async function addLater(prefix: string, count: number, columns: Partial<ChangeTable>): Promise<void> {
  const { db } = held.desk.services.store
  const row = await db.selectFrom("change").selectAll().where("id", "=", oldest.id).executeTakeFirstOrThrow()
  for (let number = 0; number < count; number += 1) {
    const id = `${prefix}-${String(number).padStart(3, "0")}`
    const created_at = row.created_at + Math.ceil(number / 3)
    await db
      .insertInto("change")
      .values({ ...row, id, subject: id, created_at, ...columns })
      .execute()
  }
}

async function read(search: Record<string, string> = {}): Promise<ApprovalList> {
  return ApprovalList.parse((await held.call("ben", "GET", approvalUrls.approvals(search))).json())
}

/** Reads every page, and returns the ids in order. */
async function readAll(show: "open" | "decided"): Promise<string[]> {
  const ids: string[] = []
  for (let before: string | null = ""; before !== null;) {
    const page: ApprovalList = await read({ show, ...(before !== "" && { before }) })
    expect(page.approvals.length).toBeLessThanOrEqual(100)
    ids.push(...page.approvals.map(({ id }) => id))
    before = page.nextBefore
  }
  return ids
}

describe("the list of requests for approval", () => {
  test("begins with a request that waits, however many later ones were withdrawn or have expired", async () => {
    await addLater("withdrawn", 230, { state: "withdrawn" })
    await addLater("expired", 25, { expires_at: held.desk.clock.now() })
    const list = await read()
    expect(list.approvals.map(({ id }) => id)).toEqual([oldest.id])
    expect(list).toMatchObject({ counts: { open: 1, decided: 255 }, nextBefore: null })
    const decided = await readAll("decided")
    expect([decided.length, new Set(decided).size]).toEqual([255, 255])
    expect(decided).not.toContain(oldest.id)
  })

  test("has every waiting request once, page by page, newest first", async () => {
    await addLater("waiting", 230, {})
    await addLater("sent", 2, { state: "sent" })
    const open = await readAll("open")
    expect([open.length, new Set(open).size]).toEqual([233, 233])
    expect(open).toContain(oldest.id)
    expect(open[0]).toMatch(/^waiting-2/)
    expect((await read()).counts).toEqual({ open: 233, decided: 255 })
  })

  test("has no page of a request outside of the projects of the person", async () => {
    held.desk.services.ruleBook.replace({ rules: [] })
    expect(await read()).toMatchObject({ approvals: [], counts: { open: 0, decided: 0 }, nextBefore: null })
  })

  test.each(["x", "1-", "-1", "1-a b"])("refuses the page %s", async (before) => {
    expect(readVerdict(await held.call("ben", "GET", approvalUrls.approvals({ before })))).toBe(
      "400 invalid_request",
    )
  })
})
