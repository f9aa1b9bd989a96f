import { seededIds } from "@peering-desk/atlas-simulator"
import { resumePolling } from "#polling/resume-polling.ts"
import { apiUrls, type AuditAction, type NewContainer } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { listAuditRows, reason } from "#test/support/changes.ts"
import { dialects, useDatabases } from "#test/support/database.ts"
import { openDyingDesk, type DyingDesk } from "#test/support/dying-desk.ts"
import type { Answer } from "#test/support/http.ts"
import { readVerdict } from "#test/support/requests.ts"
import type { TestApp } from "#test/support/test-app.ts"

const { emptySandbox, payments, peeringOnly } = seededIds
const container: NewContainer = {
  providerName: "AWS",
  atlasCidrBlock: "10.8.0.0/21",
  regionName: "EU_WEST_1",
}
const entry = { cidrBlock: "10.50.0.0/16", comment: "orders VPC" }

interface Way {
  action: AuditAction
  prepare?: (desk: TestApp) => Promise<unknown>
  send: (desk: TestApp) => Promise<unknown>
}

const ways: readonly Way[] = [
  {
    action: "container-create",
    send: (desk) => desk.call("POST", apiUrls.containers(emptySandbox), { body: { container, reason } }),
  },
  {
    action: "container-delete",
    async prepare(desk) {
      await desk.services.atlas.createContainer(emptySandbox, container)
      desk.simulator.advance(60)
    },
    async send(desk) {
      const [made] = await desk.services.atlas.listContainers(emptySandbox)
      const url = apiUrls.container(emptySandbox, made?.id ?? "", { providerName: "AWS" })
      return await desk.call("DELETE", url, { body: { reason } })
    },
  },
  {
    action: "access-list-add",
    send: (desk) => desk.call("POST", apiUrls.accessList(emptySandbox), { body: { entry, reason } }),
  },
  {
    action: "private-ip-mode-change",
    send: (desk) =>
      desk.call("PATCH", apiUrls.privateIpMode(peeringOnly), { body: { enabled: false, reason } }),
  },
  {
    action: "custom-dns-change",
    send: (desk) => desk.call("PATCH", apiUrls.customDns(payments), { body: { enabled: true, reason } }),
  },
]

describe.each(dialects)("a change of a project over %s whose server was killed", (dialect) => {
  const createDatabase = useDatabases(dialect)
  let dying: DyingDesk
  beforeEach(async () => {
    dying = await openDyingDesk((await createDatabase()).databaseUrl)
  })
  afterEach(() => dying.close())

  test.each(
    ways.flatMap((way) => [
      { ...way, reaches: true, outcome: "done" },
      { ...way, reaches: false, outcome: "failed" },
    ]),
  )(
    "is called $outcome: $action, reached Atlas: $reaches",
    async ({ action, prepare, send, reaches, outcome }) => {
      await prepare?.(dying.first)
      await dying.sendAndDie({ reaches }, () => send(dying.first))
      const next = await dying.startNext()
      expect(await dying.passUntilKnown(next, action)).toEqual([null, outcome])
      expect((await listAuditRows(next, action)).at(-1)).toMatchObject({
        reason,
        actor: { subject: "olivia" },
      })
    },
  )

  test.each([
    ["here", (desk: TestApp) => ways[1]?.send(desk)],
    [
      "by another tool",
      async ({ services: { atlas } }: TestApp) => {
        const [made] = await atlas.listContainers(emptySandbox)
        await atlas.deleteContainer(emptySandbox, "AWS", made?.id ?? "")
      },
    ],
  ])(
    "is called unclear when its answer was lost and its container deleted %s before a look",
    async (_by, remove) => {
      const { first } = dying
      first.simulator.addFault({ match: { method: "POST" }, fault: { cut: "after" }, times: 1 })
      first.simulator.addFault({ match: { method: "GET" }, fault: { status: 500 } })
      const answer = ways[0]?.send(first) as Promise<Answer>
      for (const delayMs of [1_000, 3_000]) {
        await first.clock.untilWaiting(delayMs)
        first.clock.advance(delayMs)
      }
      expect(readVerdict(await answer)).toBe("504 outcome_unknown")
      first.simulator.clearFaults()
      first.simulator.advance(60)
      await remove(first)
      await resumePolling(first.services)
      first.services.changeLookUps.start()
      expect(await dying.passUntilKnown(first, "container-create")).toEqual([null, "unknown", "unclear"])
    },
  )
})
