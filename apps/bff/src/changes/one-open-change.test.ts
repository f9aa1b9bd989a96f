import { apiUrls, Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { listAuditRows } from "#test/support/changes.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { openDyingDesk, type DyingDesk } from "#test/support/dying-desk.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"
import type { TestingDesk } from "#test/support/test-app.ts"

describe.each(dialects)("a second change of one connection over %s", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let dying: DyingDesk
  let first: TestingDesk
  let id: string
  beforeEach(async () => {
    dying = await openDyingDesk((await createDatabase()).databaseUrl)
    ;({ first } = dying)
    ;({ id } = Peering.parse((await first.create(projectId, requests.AWS)).json()))
    first.simulator.advance(60)
    first.clock.advance(3_000)
  })
  afterEach(() => dying.close())

  const edit = (desk: TestingDesk, routeTableCidrBlock: string) =>
    desk.call("PATCH", apiUrls.peering(projectId, id), {
      body: { reason: "The VPC has grown", change: { routeTableCidrBlock } },
    })
  const remove = (desk: TestingDesk) =>
    desk.call("DELETE", apiUrls.peering(projectId, id), {
      body: { reason: "Orders moved away", name: requests.AWS.vpcId },
    })

  test("is refused while the first is on its way, and names it", async () => {
    await dying.sendAndDie({ reaches: true }, () => edit(first, "10.60.0.0/16"))
    const next = await dying.startNext(false)
    const refused = await edit(next, "10.70.0.0/16")
    expect(readVerdict(refused)).toBe("409 change_open")
    expect(readProblem(refused).detail).toMatch(
      /^Olivia Marsh's edit of this connection, asked for at \d\d:\d\d UTC, is on its way to Atlas\./,
    )
    expect(next.asked("PATCH", `/peers/${id}`)).toBe(1)
    next.services.changeLookUps.start()
    expect(await dying.passUntilKnown(next, "peering-change")).toEqual([null, "done"])
    expect((await edit(next, "10.70.0.0/16")).status).toBe(200)
    expect((await listAuditRows(next, "peering-change")).map(({ outcome }) => outcome)).toEqual([
      null,
      "done",
      null,
      "done",
    ])
  })

  test("is sent when it deletes the connection and the outcome of an edit is being looked up", async () => {
    await dying.sendAndDie({ reaches: false }, () => edit(first, "10.60.0.0/16"))
    const next = await dying.startNext()
    const row = () => next.services.changeRows.listOpen()
    for (let second = 0; second < 60 && (await row())[0]?.state === "sent"; second += 1)
      await dying.pass(next)
    expect((await row()).map(({ state }) => state)).toEqual(["unknown"])
    expect((await remove(next)).status).toBe(202)
  })

  test("is refused when it edits the connection while its deletion is on its way", async () => {
    await dying.sendAndDie({ reaches: false }, () => remove(first))
    const next = await dying.startNext(false)
    const refused = await edit(next, "10.70.0.0/16")
    expect(readVerdict(refused)).toBe("409 change_open")
    expect(readProblem(refused).detail).toMatch(/^Olivia Marsh's deletion of this connection/)
    expect((await remove(next)).status).toBe(202)
  })
})
