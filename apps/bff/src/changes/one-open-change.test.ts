import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { listAuditRows } from "#test/support/changes.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { openDyingConnection, type DyingConnection } from "#test/support/dying-desk.ts"
import { readProblem, readVerdict } from "#test/support/requests.ts"
import type { TestApp } from "#test/support/test-app.ts"

describe.each(dialects)("a second change of one connection over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let dying: DyingConnection
  let first: TestApp
  let id: string
  beforeEach(async () => {
    dying = await openDyingConnection((await createDatabase()).databaseUrl)
    ;({ first, id } = dying)
  })
  afterEach(() => dying.close())

  test("is refused while the first is on its way, and names it", async () => {
    await dying.sendAndDie({ reaches: true }, () => dying.edit(first, "10.60.0.0/16"))
    const next = await dying.startNext(false)
    const refused = await dying.edit(next, "10.70.0.0/16")
    expect(readVerdict(refused)).toBe("409 change_open")
    expect(readProblem(refused).detail).toMatch(
      /^Olivia Marsh's edit of this connection, asked for at \d\d:\d\d UTC, is on its way to Atlas\./,
    )
    expect(next.asked("PATCH", `/peers/${id}`)).toBe(1)
    next.services.changeLookUps.start()
    expect(await dying.passUntilKnown(next, "peering-change")).toEqual([null, "done"])
    expect((await dying.edit(next, "10.70.0.0/16")).status).toBe(200)
    expect((await listAuditRows(next, "peering-change")).map(({ outcome }) => outcome)).toEqual([
      null,
      "done",
      null,
      "done",
    ])
  })

  test("is sent when it deletes the connection and the outcome of an edit is being looked up", async () => {
    await dying.sendAndDie({ reaches: false }, () => dying.edit(first, "10.60.0.0/16"))
    const next = await dying.startNext()
    const row = () => next.services.changeRows.listOpen()
    for (let second = 0; second < 60 && (await row())[0]?.state === "sent"; second += 1)
      await dying.pass(next)
    expect((await row()).map(({ state }) => state)).toEqual(["unknown"])
    expect((await dying.remove(next)).status).toBe(202)
  })

  test("is refused when it edits the connection while its deletion is on its way", async () => {
    await dying.sendAndDie({ reaches: false }, () => dying.remove(first))
    const next = await dying.startNext(false)
    const refused = await dying.edit(next, "10.70.0.0/16")
    expect(readVerdict(refused)).toBe("409 change_open")
    expect(readProblem(refused).detail).toMatch(/^Olivia Marsh's deletion of this connection/)
    expect((await dying.remove(next)).status).toBe(202)
  })
})
