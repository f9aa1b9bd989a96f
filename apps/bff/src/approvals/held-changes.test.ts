import { describe, expect, test } from "vitest"
import { ChangeRows } from "#changes/engine/change-rows.ts"
import { ask, decide, type ChangeRecords } from "#changes/engine/change-states.ts"
import { isHeld, toChangeId, type HeldChange } from "#changes/engine/stored-change.ts"
import { sweepStore } from "#store/sweep.ts"
import { openAuditLog } from "#test/support/audit-log.ts"
import { dialects, useDatabases } from "#test/support/database.ts"

const hourMs = 60 * 60_000
const nadia = { issuer: "https://id.example", subject: "nadia", name: "Nadia Brandt", email: null }
const ben = { ...nadia, subject: "ben", name: "Ben Adeyemi" }
const vera = { ...nadia, subject: "vera", name: "Vera Lind" }
const requester = { identity: nadia, claims: { groups: ["team"] }, address: "10.1.1.1" }
const signIn = { action: "sign-in", actor: nadia, address: null, detail: { session: "s" } } as const
const plain = {
  kind: "peering-delete",
  projectId: "one",
  subject: "5fbcdf7ad0cdd06f36a1d66e",
  plan: { providerName: "AWS" },
  before: { vpcId: "vpc-1" },
  userKey: "https://id.example\nnadia",
} as const
const neither = () => Promise.resolve()

describe.each(dialects)("changes that wait for approval over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  async function open() {
    const { clock, open: openStore } = await createDatabase()
    const openRecords = async (): Promise<ChangeRecords> => {
      const store = await openStore()
      const changeRows = new ChangeRows({ store, clock, processId: null })
      return { store, audit: openAuditLog(store, clock), changeRows }
    }
    const records = await openRecords()
    const expiresAt = clock.now() + hourMs
    const hold = async (
      id: string,
      more: { planHash?: string; kind?: "peering-create"; subject?: string; userKey?: string } = {},
    ) => {
      const { planHash = `hash of ${id}`, ...columns } = more
      const held = { planHash, expiresAt, reason: "No longer used", requester, decision: null }
      const change = { ...plain, ...columns, id, held: { ...held, needs: "requester" as const } }
      return await ask(records, change, signIn, neither)
    }
    const find = async (id: string): Promise<HeldChange> => {
      const found = await records.changeRows.find(id)
      if (found === null || !isHeld(found)) throw new Error(`${id} is not held`)
      return found
    }
    return { clock, records, others: await openRecords(), hold, find }
  }
  const decisionOf = (by: typeof ben) => ({ by, at: 1, reason: null })

  test("come back as they were stored, and a second one of the same person and plan is the first", async () => {
    const { clock, hold, find } = await open()
    const first = await hold("a", { planHash: "h" })
    expect(first).toMatchObject({
      ...plain,
      id: "a",
      state: "waiting",
      held: { planHash: "h", expiresAt: clock.now() + hourMs, requester, decision: null },
    })
    expect(await find("a")).toEqual(first)
    expect((await hold("b", { planHash: "h" }))?.id).toBe("a")
    expect((await hold("c", { subject: "another" }))?.id).toBe("c")
    clock.advance(hourMs)
    expect((await hold("d", { planHash: "h" }))?.id).toBe("d")
  })

  test("are refused while somebody's deletion of the same connection waits", async () => {
    const { clock, hold } = await open()
    await hold("a")
    const planHash = "of another reason"
    await expect(hold("b", { planHash, userKey: "another person" })).rejects.toMatchObject({
      code: "change_open",
      shown: {
        detail: expect.stringMatching(/^Nadia Brandt requested this deletion at \d\d:\d\d UTC, and it waits/),
      },
    })
    await expect(hold("b", { planHash })).rejects.toMatchObject({
      shown: { detail: expect.stringMatching(/^You requested this deletion at .* Withdraw that request/) },
    })
    clock.advance(hourMs)
    expect((await hold("c"))?.id).toBe("c")
  })

  test("are held once per key of a create", async () => {
    const { hold } = await open()
    const kind = "peering-create"
    const id = toChangeId({ ...plain, kind })
    expect((await hold(id, { kind }))?.id).toBe(id)
    expect(await hold(id, { kind, planHash: "of another plan" })).toBe(null)
  })

  test("are approved by one of two people who do so at once in two processes", async () => {
    const { records, others, hold, find } = await open()
    await hold("a")
    const change = await find("a")
    const moved = await Promise.all([
      decide(records, change, "ready", decisionOf(ben), signIn),
      decide(others, change, "ready", decisionOf(vera), signIn),
    ])
    expect(moved.filter((one) => one !== null)).toHaveLength(1)
    const { state, held } = await find("a")
    expect([state, held.decision?.by]).toEqual(["ready", moved[0] === null ? vera : ben])
  })

  test("read as expired once their time is over, and are not decided then", async () => {
    const { clock, records, hold, find } = await open()
    await hold("a")
    const change = await find("a")
    clock.advance(hourMs)
    expect((await find("a")).state).toBe("expired")
    expect(await decide(records, change, "ready", decisionOf(ben), signIn)).toBe(null)
    expect((await find("a")).state).toBe("expired")
  })

  test("leave the database 90 days after they expired, unless something is still to be sent", async () => {
    const { clock, records, hold, find } = await open()
    for (const id of ["old", "open"]) await hold(id, { subject: id })
    await hold("made", { kind: "peering-create" })
    await decide(records, await find("open"), "ready", decisionOf(ben), signIn)
    const { db } = records.store
    await db.updateTable("change").set({ state: "done" }).where("id", "=", "made").execute()
    await sweepStore(records.store, clock.now() + 90 * 24 * hourMs)
    expect((await find("old")).id).toBe("old")
    await sweepStore(records.store, clock.now() + 90 * 24 * hourMs + hourMs)
    const left = await Promise.all(["old", "open", "made"].map((id) => records.changeRows.find(id)))
    // The key of a create stays known.
    expect(left.map((one) => one && [one.id, one.held === null])).toEqual([
      null,
      ["open", false],
      ["made", true],
    ])
  })
})
