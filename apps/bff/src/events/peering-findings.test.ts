import { beforeEach, describe, expect, test } from "vitest"
import { toSentence } from "#events/event-sentence.ts"
import type { Store } from "#store/store.ts"
import { projectId, readEventRows, readNotifications } from "#test/support/audit-log.ts"
import { pollPeerings, type Seen } from "#test/support/store-peerings.ts"
import { dialects, useDatabases, type TestingDatabase } from "#test/support/database.ts"

const at = 1_768_478_400_000
const peeringId = "5fbcdf7ad0cdd06f36a1d66f"

function observe(status: string | null, more: Partial<Seen> = {}): Seen {
  const raw = { id: peeringId, statusName: status, vpcId: "vpc-1", awsAccountId: "482913570264" }
  return { projectId, providerName: "AWS", id: peeringId, at, afterAt: at - 1_000, raw, ...more }
}
const gone = observe("AVAILABLE", { raw: null })

describe.each(dialects)("polls over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let database: TestingDatabase
  let store: Store
  beforeEach(async () => {
    database = await createDatabase()
    store = await database.open()
  })

  const save = async (polls: readonly Seen[], to = store) => await pollPeerings(to, ...polls)
  const readEvents = async () => await readNotifications(store)

  test.each([
    ["PENDING_ACCEPTANCE", ["action-required"]],
    ["AVAILABLE", ["available"]],
    ["FAILED", ["failed"]],
    ["FINALIZING", []],
    ["A_NEW_STATUS", []],
  ])("tell of a new %s as %j", async (status, kinds) => {
    await save([observe(status)])
    expect((await readEvents()).map(({ kind }) => kind)).toEqual(kinds)
  })

  test.each([
    ["FAILED", ["left-available", "failed"]],
    ["PENDING_ACCEPTANCE", ["left-available", "action-required"]],
    ["TERMINATING", ["left-available"]],
    ["AVAILABLE", []],
  ])("tell of %s after AVAILABLE as %j", async (status, kinds) => {
    await save([observe("AVAILABLE"), observe(status, { at: at + 1_000 })])
    expect((await readEvents()).slice(1).map(({ kind }) => kind)).toEqual(kinds)
  })

  test.each([
    ["AVAILABLE", "vpc-1 failed: the network is no longer found."],
    ["FINALIZING", "vpc-1 failed: the account, network or CIDR doesn't match."],
  ])("tell why a connection failed after %s", async (before, says) => {
    const raw = { id: peeringId, statusName: "FAILED", vpcId: "vpc-1", errorStateName: "INVALID_ARGUMENT" }
    await save([observe(before), observe("FAILED", { at: at + 1_000, raw })])
    expect((await readEvents()).map(toSentence).at(-1)).toBe(says)
  })

  test("tell nothing of what the first poll of a cloud shows, and all that changes then", async () => {
    await save([observe("AVAILABLE", { afterAt: null })])
    expect(await readEvents()).toEqual([])
    await save([gone])
    expect((await readEvents()).map(toSentence)).toEqual([
      "vpc-1 is no longer available: Atlas no longer lists it.",
    ])
  })

  test("tell a change once that two processes saw", async () => {
    const beside = dialect === "postgres" ? await database.open() : store
    await Promise.all([save([observe("FAILED")]), save([observe("FAILED", { at: at + 1 })], beside)])
    expect((await readEvents()).map(({ kind, number }) => [kind, number])).toEqual([["failed", 1]])
    expect(await readEventRows(store)).toHaveLength(1)
  })

  test("name a connection by its display name, and what to do about it", async () => {
    await store.db
      .insertInto("peering_label")
      .values({ project_id: projectId, peering_id: peeringId, label: "Checkout", by_name: "Olivia", at })
      .execute()
    const rejected = { id: peeringId, statusName: "FAILED", errorStateName: "REJECTED" }
    await save([observe("PENDING_ACCEPTANCE"), observe("FAILED", { raw: rejected })])
    expect((await readEvents()).map(toSentence)).toEqual([
      "Checkout waits to be accepted in AWS account 482913570264.",
      "Checkout failed: the network's owner rejected the request.",
    ])
  })
})
