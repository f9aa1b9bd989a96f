import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AppError } from "#base/app-error.ts"
import { resumePolling } from "#polling/resume-polling.ts"
import { step } from "#store/step.ts"
import { listAuditRows } from "#test/support/changes.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { grown, openDyingConnection, type DyingConnection } from "#test/support/dying-desk.ts"
import { projectId, readVerdict, requests } from "#test/support/requests.ts"
import type { TestApp } from "#test/support/test-app.ts"

describe.each(dialects)("a change over %s whose server was killed", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let dying: DyingConnection
  let first: TestApp
  let id: string
  beforeEach(async () => {
    dying = await openDyingConnection((await createDatabase()).databaseUrl)
    ;({ first, id } = dying)
  })
  afterEach(() => dying.close())

  test("is called done when Atlas carried the edit out", async () => {
    await dying.sendAndDie({ reaches: true }, () => dying.edit(first))
    const next = await dying.startNext()
    expect(await dying.passUntilKnown(next, "peering-change")).toEqual([null, "done"])
    const [, end] = await listAuditRows(next, "peering-change")
    expect(end).toMatchObject({ after: { routeTableCidrBlock: grown }, actor: { subject: "olivia" } })
    expect(next.asked("PATCH", `/peers/${id}`)).toBe(1)
  })

  test("is called failed when the edit never reached Atlas", async () => {
    await dying.sendAndDie({ reaches: false }, () => dying.edit(first))
    const next = await dying.startNext()
    expect(await dying.passUntilKnown(next, "peering-change")).toEqual([null, "failed"])
    expect(next.asked("PATCH", `/peers/${id}`)).toBe(0)
  })

  test("is called unclear when somebody else has edited the connection since", async () => {
    await dying.sendAndDie({ reaches: true }, () => dying.edit(first))
    // Before the next server reads a list: one that shows the edit would prove it.
    const others = { providerName: "AWS", routeTableCidrBlock: "10.70.0.0/16" } as const
    await first.services.clients.changePeer(projectId, id, others)
    const next = await dying.startNext()
    expect(await dying.passUntilKnown(next, "peering-change")).toEqual([null, "unclear"])
  })

  test.each([
    ["done when Atlas began the deletion", true, "done"],
    ["failed when the deletion never reached Atlas", false, "failed"],
  ])("is called %s", async (_, reaches, outcome) => {
    await dying.sendAndDie({ reaches }, () => dying.remove(first))
    const next = await dying.startNext()
    expect(await dying.passUntilKnown(next, "peering-delete")).toEqual([null, outcome])
    expect(next.asked("DELETE", `/peers/${id}`)).toBe(reaches ? 1 : 0)
  })

  /** Sends an edit that Atlas answers with a 500, and lets the look-ups of the request pass. */
  async function loseAnswer() {
    first.simulator.addFault({ match: { method: "PATCH" }, fault: { status: 500 }, times: 1 })
    const answer = dying.edit(first)
    for (const delayMs of [1_000, 3_000]) {
      await first.clock.untilWaiting(delayMs)
      first.clock.advance(delayMs)
    }
    expect(readVerdict(await answer)).toBe("504 outcome_unknown")
  }

  test("is called unclear when its answer was lost and the same edit was sent again and carried out", async () => {
    await loseAnswer()
    expect((await dying.edit(first)).status).toBe(200)
    await resumePolling(first.services)
    first.services.changeLookUps.start()
    for (let second = 0; second < 40; second += 1) await dying.pass(first)
    const rows = await listAuditRows(first, "peering-change")
    expect(rows.map(({ outcome }) => outcome)).toEqual([null, "unknown", null, "done", "unclear"])
    expect(rows.at(-1)?.attemptSequence).toBe(rows[0]?.sequence)
  })

  test("is called unclear when its answer was lost and another edit took it back before a look could show it", async () => {
    const carriedOut = { match: { method: "PATCH" }, fault: { cut: "after" }, times: 1 } as const
    const listsFail = { match: { method: "GET" }, fault: { status: 500 } } as const
    first.simulator.addFault(carriedOut)
    first.simulator.addFault(listsFail)
    const answer = dying.edit(first)
    for (const delayMs of [1_000, 3_000]) {
      await first.clock.untilWaiting(delayMs)
      first.clock.advance(delayMs)
    }
    expect(readVerdict(await answer)).toBe("504 outcome_unknown")
    first.simulator.clearFaults()
    expect((await dying.edit(first, requests.AWS.routeTableCidrBlock)).status).toBe(200)
    await resumePolling(first.services)
    first.services.changeLookUps.start()
    for (let second = 0; second < 40; second += 1) await dying.pass(first)
    const rows = await listAuditRows(first, "peering-change")
    expect(rows.map(({ outcome }) => outcome)).toEqual([null, "unknown", null, "done", "unclear"])
  })

  test("has its unknown outcome in the log once the database takes it, without a look-up", async () => {
    const { changeRows } = first.services
    const move = changeRows.move.bind(changeRows)
    let refused = 0
    changeRows.move = () => {
      refused += 1
      return Promise.reject(new Error("the disk is full"))
    }
    await loseAnswer()
    // The look-ups of the request took longer than the server waits before it writes again.
    await expect.poll(() => refused).toBe(2)
    expect((await listAuditRows(first, "peering-change")).map(({ outcome }) => outcome)).toEqual([null])
    changeRows.move = move
    await first.clock.untilWaiting(2_000)
    first.clock.advance(2_000)
    await expect
      .poll(async () => (await listAuditRows(first, "peering-change")).map(({ outcome }) => outcome))
      .toEqual([null, "unknown"])
  })

  test("is not called unknown once a look found it done", async () => {
    const { changeRows } = first.services
    const move = changeRows.move.bind(changeRows)
    changeRows.move = () => {
      changeRows.move = move
      return Promise.reject(new Error("the disk is full"))
    }
    first.simulator.addFault({ match: { method: "PATCH" }, fault: { cut: "after" }, times: 1 })
    expect((await dying.edit(first)).status).toBe(200)
    const found = new Promise<unknown>((resolve) => {
      const find = changeRows.find.bind(changeRows)
      changeRows.find = async (id) => await find(id).finally(() => setImmediate(resolve))
    })
    await first.clock.untilWaiting(2_000)
    first.clock.advance(2_000)
    await found
    await step(first.services.store, () => Promise.resolve())
    const rows = await listAuditRows(first, "peering-change")
    expect(rows.map(({ outcome }) => outcome)).toEqual([null, "done"])
  })

  test("is called done although the database failed between Atlas's answer and the outcome", async () => {
    first.services.peeringWriter.storeAnswer = () => Promise.reject(new AppError("store_unavailable"))
    expect((await dying.edit(first)).status).toBe(200)
    const outcomes = (await listAuditRows(first, "peering-change")).map(({ outcome }) => outcome)
    expect(outcomes).toEqual([null, "unknown", "done"])
    expect(first.asked("PATCH", `/peers/${id}`)).toBe(1)
  })

  test("gets its true outcome after a 504, also at the same server", async () => {
    await loseAnswer()
    await resumePolling(first.services)
    first.services.changeLookUps.start()
    expect(await dying.passUntilKnown(first, "peering-change")).toEqual([null, "unknown", "failed"])
  })

  test("is called done by Atlas's own answer after it was called failed", async () => {
    let letIn = () => {}
    const answer = new Promise<void>((resolve) => (letIn = resolve))
    let answered: Promise<unknown> = Promise.resolve()
    await dying.sendAndDie({ reaches: false, answer }, () => (answered = dying.edit(first)))
    const next = await dying.startNext()
    expect(await dying.passUntilKnown(next, "peering-change")).toEqual([null, "failed"])
    letIn()
    await answered
    const rows = await listAuditRows(next, "peering-change")
    expect(rows.map(({ outcome }) => outcome)).toEqual([null, "failed", "done"])
  })
})
