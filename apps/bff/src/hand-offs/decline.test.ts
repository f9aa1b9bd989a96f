import {
  apiUrls,
  HandOffList,
  HandOffView,
  Inbox,
  MadeHandOff,
  Peering,
  Timeline,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { readNotifications } from "#test/support/audit-log.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { listAuditRows } from "#test/support/changes.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
let id: string
let token: string
beforeEach(async () => {
  desk = await startTestApp()
  id = Peering.parse((await desk.create(projectId, requests.AWS)).json()).id
  const body = { expiresInHours: 24, for: "Ana, network team" }
  const made = await desk.call("POST", apiUrls.handOffs(projectId, id), { body })
  token = MadeHandOff.parse(made.json()).token
})
afterEach(() => desk.close())

const asHolder = () => ({ cookie: undefined, authorization: `Bearer ${token}` })
const decline = (reason: unknown) =>
  desk.call("POST", apiUrls.declineHandOff(), { headers: asHolder(), body: { reason } })
const now = () => new Date(desk.clock.now()).toISOString()
const readPeering = async () => Peering.parse((await desk.call("GET", apiUrls.peering(projectId, id))).json())

describe("POST /hand-off/decline", () => {
  test("shows the reason to the requester at once, in the link's list and in the timeline", async () => {
    const stream = await desk.stream([projectId])
    await stream.next("snapshot")
    desk.clock.advance(5_000)
    const shown = HandOffView.parse((await decline("  Not our network ")).json())
    const declined = { at: now(), reason: "Not our network" }
    expect(shown.declined).toEqual(declined)
    const event = await stream.next("peering", (peering) => peering.declined !== undefined)
    expect(event).toMatchObject({ id, declined: { ...declined, for: "Ana, network team" } })
    expect((await readPeering()).declined).toEqual({ ...declined, for: "Ana, network team" })
    const { handOffs } = HandOffList.parse((await desk.call("GET", apiUrls.handOffs(projectId, id))).json())
    expect(handOffs).toMatchObject([{ declinedAt: declined.at, declineReason: declined.reason }])
    const { acts } = Timeline.parse((await desk.call("GET", apiUrls.timeline(projectId, id))).json())
    expect(acts.at(-1)).toMatchObject({ action: "hand-off-declined", by: null, reason: "Not our network" })
    const [row] = await listAuditRows(desk, "hand-off-declined")
    expect(row).toMatchObject({ peeringId: id, actor: null, reason: "Not our network" })
    expect(row?.detail).toMatchObject({ for: "Ana, network team", madeBy: "Olivia Marsh" })
    const inventory = await desk.call("GET", apiUrls.inventory())
    expect(inventory.text).toContain("Not our network")
  })

  test("survives a restart, keeps the latest reason, and ends with a later done report", async () => {
    await decline("Wrong account")
    desk.clock.advance(1_000)
    await decline("Wrong region")
    const beside = await startTestApp({ beside: desk })
    const there = Peering.parse((await beside.call("GET", apiUrls.peering(projectId, id))).json())
    expect(there.declined?.reason).toBe("Wrong region")
    await beside.close()
    desk.clock.advance(1_000)
    const answer = await desk.call("POST", apiUrls.pressHandOff(), { headers: asHolder(), body: {} })
    expect(HandOffView.parse(answer.json()).declined).toBe(null)
    expect((await readPeering()).declined).toBe(undefined)
  })

  test("is an event in the inbox, and one that a notification route can choose", async () => {
    const route = { name: "Networks", channel: "webhook", url: "https://hooks.example.com/networks" }
    const scope = { projects: "*", clouds: ["AWS"], events: ["declined"] }
    expect(
      (await desk.call("POST", apiUrls.notificationRoutes(), { body: { ...route, ...scope } })).status,
    ).toBe(201)
    await decline("Not our network")
    const { entries } = Inbox.parse((await desk.call("GET", apiUrls.inbox())).json())
    const says = "Ana, network team declined the request for vpc-0a1b2c3d4e5f60718: Not our network"
    expect(entries[0]).toMatchObject({ kind: "declined", projectId, peeringId: id, says })
    const events = await readNotifications(desk.services.store)
    const about = { projectId, providerName: "AWS", peeringId: id }
    expect(events.find(({ kind }) => kind === "declined")).toMatchObject({ about })
  })

  test("ends once Atlas shows that the request was accepted after all", async () => {
    desk.simulator.advance(60)
    desk.clock.advance(60_000)
    await readPeering()
    await decline("Not our network")
    expect((await readPeering()).declined?.reason).toBe("Not our network")
    desk.simulator.cloudSide(id, "accept")
    desk.clock.advance(5_000)
    expect((await readPeering()).declined).toBe(undefined)
    const beside = await startTestApp({ beside: desk })
    const there = Peering.parse((await beside.call("GET", apiUrls.peering(projectId, id))).json())
    expect(there.declined).toBe(undefined)
    await beside.close()
  })

  test("needs a reason of 1 to 200 characters and a good link", async () => {
    for (const reason of [undefined, "  ", "x".repeat(201)])
      expect(readProblem(await decline(reason)).fields).toHaveProperty("reason")
    token = `${token.slice(0, -1)}${token.endsWith("A") ? "B" : "A"}`
    expect(readVerdict(await decline("No"))).toBe("404 hand_off_invalid")
    expect((await readPeering()).declined).toBe(undefined)
  })

  test("changes nothing when the audit log cannot be written", async () => {
    await desk.services.store.db.schema.dropTable("event").execute()
    expect((await decline("Not our network")).status).toBe(500)
    const row = await desk.services.store.db.selectFrom("hand_off").select("declined_at").execute()
    expect(row).toEqual([{ declined_at: null }])
  })
})
