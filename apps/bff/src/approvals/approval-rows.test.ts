import { describe, expect, test } from "vitest"
import { sweepStore } from "#store/sweep.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { toPlanHash } from "./approval-plan.ts"
import { ApprovalRows } from "./approval-rows.ts"
import { type NewApproval } from "./stored-approval.ts"

const hourMs = 60 * 60_000
const plan = {
  kind: "delete",
  peeringId: "5fbcdf7ad0cdd06f36a1d66e",
  target: { vpcId: "vpc-1", isAvailable: true },
} as const
const identity = { issuer: "https://id.example", subject: "nadia", name: "Nadia Brandt", email: null }
const plain = {
  projectId: "one",
  plan,
  networkBlocks: ["10.0.0.0/8"],
  peeredBlocks: ["10.1.0.0/16"],
  reason: "No longer used",
  requester: { identity, claims: { groups: ["team"] }, address: "10.1.1.1" },
  needs: "requester" as const,
}
const ben = { ...identity, subject: "ben", name: "Ben Adeyemi" }
const vera = { ...identity, subject: "vera", name: "Vera Lind" }

describe.each(dialects)("the rows of requests for approval over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)

  async function open() {
    const { clock, open: openStore } = await createDatabase()
    const store = await openStore()
    const rows = new ApprovalRows({ store, clock })
    const approval = (id: string, more: Partial<NewApproval> = {}): NewApproval => ({
      ...plain,
      id,
      providerName: "AWS",
      key: `key of ${id}`,
      planHash: toPlanHash(plain),
      userKey: "https://id.example\nnadia",
      expiresAt: clock.now() + hourMs,
      peeringId: plan.peeringId,
      ...more,
    })
    return { store, clock, rows, approval, beside: new ApprovalRows({ store: await openStore(), clock }) }
  }

  test("come back as they were stored, once per key of a project, with the hash of their plan", async () => {
    const { store, clock, rows, approval } = await open()
    const first = approval("a")
    expect(await rows.insert(first, store.db)).toBe(true)
    expect(await rows.insert(approval("b", { key: first.key }), store.db)).toBe(false)
    expect(await rows.insert(approval("c", { key: first.key, projectId: "two" }), store.db)).toBe(true)
    const stored = await rows.find("a")
    expect(stored).toEqual({
      ...first,
      state: "waiting",
      createdAt: clock.now(),
      updatedAt: clock.now(),
      decider: null,
      decidedAt: null,
      declineReason: null,
      problem: null,
    })
    expect(toPlanHash(stored!)).toBe(stored!.planHash)
    expect(await rows.findByKey("one", first.key)).toEqual(stored)
    expect((await rows.list(["two"], {})).approvals.map(({ id }) => id)).toEqual(["c"])
    expect((await rows.list(null, {})).approvals.map(({ id }) => id)).toEqual(["a", "c"])
    expect(await rows.list([], {})).toEqual({ approvals: [], nextBefore: null })
  })

  test("are approved by one of two people who do so at once in two processes", async () => {
    const { store, clock, rows, beside, approval } = await open()
    await rows.insert(approval("a"), store.db)
    const step = { from: ["waiting"], to: "approved" } as const
    const decided = { decidedAt: clock.now() }
    const moved = await Promise.all([
      rows.move({ id: "a" }, step, { decider: ben, ...decided }),
      beside.move({ id: "a" }, step, { decider: vera, ...decided }),
    ])
    expect(moved.filter(Boolean)).toHaveLength(1)
    const winner = moved[0] ? ben : vera
    expect(await rows.find("a")).toMatchObject({ state: "approved", decider: winner, decidedAt: clock.now() })
    expect((await rows.listOpen()).map(({ id }) => id)).toEqual(["a"])
  })

  test("are not decided once they expired, and are found as the same only while they wait", async () => {
    const { store, clock, rows, approval } = await open()
    await rows.insert(approval("a"), store.db)
    const name = { projectId: "one", userKey: "https://id.example\nnadia", planHash: toPlanHash(plain) }
    expect((await rows.findSame(name, store.db))?.id).toBe("a")
    expect(await rows.findSame({ ...name, userKey: "another" }, store.db)).toBe(null)
    clock.advance(hourMs)
    expect(await rows.findSame(name, store.db)).toBe(null)
    expect(await rows.move({ id: "a" }, { from: ["waiting"], to: "approved" })).toBe(false)
    expect((await rows.find("a"))?.state).toBe("waiting")
  })

  test("leave the database 90 days after they expired, unless something is still to be sent", async () => {
    const { store, clock, rows, approval } = await open()
    for (const id of ["old", "open"]) await rows.insert(approval(id), store.db)
    await rows.move({ id: "open" }, { from: ["waiting"], to: "approved" })
    await sweepStore(store, clock.now() + 90 * 24 * hourMs)
    expect(await rows.find("old")).not.toBe(null)
    await sweepStore(store, clock.now() + 90 * 24 * hourMs + hourMs)
    expect([await rows.find("old"), (await rows.find("open"))?.id]).toEqual([null, "open"])
  })
})
