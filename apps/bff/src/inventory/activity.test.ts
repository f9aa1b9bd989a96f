import { seededIds } from "@peering-desk/atlas-simulator"
import {
  Activity,
  apiUrls,
  BlastRadius,
  Peering,
  PeeringList,
  type ActivityEntry,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const minuteMs = 60_000
const now = () => new Date(desk.clock.now()).toISOString()

async function read(cookie = desk.cookie): Promise<ActivityEntry[]> {
  const answer = await desk.call("GET", apiUrls.activity(), { headers: { cookie } })
  return Activity.parse(answer.json()).entries
}

/** Advances both clocks and polls. */
async function pass(ms: number): Promise<void> {
  desk.simulator.advance(ms / 1_000)
  desk.clock.advance(ms)
  PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json())
}

describe("GET /activity", () => {
  test("returns nothing for states that the first poll found", async () => {
    await desk.call("GET", apiUrls.overview())
    expect(await read()).toEqual([])
  })

  test("returns each user action once and each status change, newest first", async () => {
    const { id } = Peering.parse((await desk.create(projectId, requests.AWS)).json())
    const createdAt = now()
    await desk.call("PUT", apiUrls.peeringLabel(projectId, id), { body: { label: "Orders" } })
    await pass(minuteMs)
    const { confirmBy } = BlastRadius.parse(
      (await desk.call("GET", apiUrls.blastRadius(projectId, id))).json(),
    )
    desk.clock.advance(1_000)
    const body = { name: confirmBy, reason: "Cleanup" }
    await desk.call("DELETE", apiUrls.peering(projectId, id), { body })
    const name = desk.simulator.state().projects.find((project) => project.id === projectId)?.name
    const ofAll = { projectId, projectName: name, peeringId: id, providerName: "AWS" }
    const entries = await read()
    expect(entries.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
      "action peering-delete",
      "status TERMINATING",
      "status PENDING_ACCEPTANCE",
      "action peering-create",
    ])
    expect(entries[0]).toMatchObject({
      ...ofAll,
      title: "Orders",
      outcome: "done",
      actorName: "Olivia Marsh",
      reason: "Cleanup",
    })
    expect(entries[2]).toMatchObject({ ...ofAll, turn: "you", actorName: null, outcome: null, reason: null })
    expect(entries[3]).toMatchObject({ ...ofAll, at: createdAt, reason: "Orders move to Atlas" })
    await pass(10 * minuteMs)
    const later = await read()
    // The action reports its deletion already.
    expect(later.map(({ what }) => what)).not.toContain("gone")
    expect(later[0]).toMatchObject({ what: "peering-delete" })
  })

  test("returns that a connection is gone after its deletion here was refused", async () => {
    const { id } = Peering.parse((await desk.create(projectId, requests.AWS)).json())
    await pass(minuteMs)
    desk.simulator.addFault({ match: { method: "DELETE" }, fault: { status: 400 }, times: 1 })
    const body = { name: requests.AWS.vpcId, reason: "Cleanup" }
    const refused = await desk.call("DELETE", apiUrls.peering(projectId, id), { body })
    expect(refused.status).toBeGreaterThanOrEqual(400)
    desk.simulator.reset()
    await pass(minuteMs)
    expect((await read()).map(({ what, outcome }) => `${what} ${outcome}`).slice(0, 2)).toEqual([
      "gone null",
      "peering-delete refused",
    ])
  })

  test("returns the newest 20", async () => {
    const { id } = Peering.parse((await desk.create(projectId, requests.AWS)).json())
    for (let hours = 1; hours <= 21; hours += 1) {
      desk.clock.advance(1_000)
      await desk.call("POST", apiUrls.handOffs(projectId, id), { body: { expiresInHours: hours } })
    }
    const entries = await read()
    expect(entries).toHaveLength(20)
    expect(entries[0]?.at).toBe(now())
    expect(new Set(entries.map(({ what }) => what))).toEqual(new Set(["hand-off-made"]))
  })

  test("hides projects that the person may not see, and shows their own without an auditor's right", async () => {
    await desk.create(projectId, requests.AWS)
    const { peerings } = PeeringList.parse(
      (await desk.call("GET", apiUrls.peerings(seededIds.payments))).json(),
    )
    const waiting = peerings.find(({ peer }) => peer.providerName === "AWS")!
    await desk.call("POST", apiUrls.handOffs(seededIds.payments, waiting.id), {
      body: { expiresInHours: 1 },
    })
    expect((await read()).map(({ what }) => what)).toEqual(["hand-off-made", "peering-create"])
    const nadia = await read(await desk.signIn("nadia"))
    expect(nadia).toMatchObject([
      {
        what: "hand-off-made",
        projectId: seededIds.payments,
        peeringId: waiting.id,
        title: waiting.peer.providerName === "AWS" ? waiting.peer.vpcId : "",
        providerName: "AWS",
        actorName: "Olivia Marsh",
      },
    ])
    expect(await read(await desk.signIn("sam"))).toEqual([])
    expect(await read(await desk.signIn("greta"))).toEqual([])
  })
})
