import {
  apiUrls,
  BlastRadius,
  HandOffList,
  HandOffView,
  Inbox,
  MadeHandOff,
  Peering,
  Timeline,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { callByToken, createToken } from "#test/support/api-tokens.ts"
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
const takeBack = () => desk.call("POST", apiUrls.takeBackDecline(), { headers: asHolder(), body: {} })
const answerWith = (answer: unknown) =>
  desk.call("POST", apiUrls.answerDecline(projectId, id), { body: { answer } })
const openLink = async () =>
  HandOffView.parse((await desk.call("GET", apiUrls.openHandOff(), { headers: asHolder() })).json())
const now = () => new Date(desk.clock.now()).toISOString()
const readPeering = async () => Peering.parse((await desk.call("GET", apiUrls.peering(projectId, id))).json())

describe("POST /hand-off/decline", () => {
  test("shows the reason to the requester at once, in the link's list and in the timeline", async () => {
    const stream = await desk.stream([projectId])
    await stream.next("snapshot")
    desk.clock.advance(5_000)
    const shown = HandOffView.parse((await decline("  Not our network ")).json())
    const declined = { at: now(), reason: "Not our network" }
    expect(shown.declined).toEqual({ ...declined, answers: [] })
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
    const list = await desk.call("GET", apiUrls.connections())
    expect(list.text).toContain("Not our network")
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
    const answer = await desk.call("POST", apiUrls.reportHandOffDone(), { headers: asHolder(), body: {} })
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

  test("is refused once Atlas shows an acceptance, and changes nothing", async () => {
    desk.simulator.advance(60)
    desk.clock.advance(60_000)
    await readPeering()
    desk.simulator.cloudSide(id, "accept")
    desk.clock.advance(5_000)
    expect((await readPeering()).peer.statusName).toBe("FINALIZING")
    desk.clock.advance(1_000)
    const refused = await decline("Too late")
    expect(readVerdict(refused)).toBe("409 decline_closed")
    expect(readProblem(refused).detail).toBe("The connection's status is FINALIZING.")
    expect((await readPeering()).declined).toBe(undefined)
    expect(await listAuditRows(desk, "hand-off-declined")).toEqual([])
  })

  test.each(["AVAILABLE", "deleted"])("is refused for a connection that is %s by now", async (end) => {
    desk.simulator.advance(60)
    if (end === "deleted") {
      const radius = await desk.call("GET", apiUrls.blastRadius(projectId, id))
      const body = { name: BlastRadius.parse(radius.json()).confirmBy, reason: "Not needed" }
      await desk.call("DELETE", apiUrls.peering(projectId, id), { body })
    } else desk.simulator.cloudSide(id, "accept")
    desk.simulator.advance(600)
    // Nobody has polled since.
    desk.clock.advance(60_000)
    const refused = await decline("Too late")
    expect(readVerdict(refused)).toBe("409 decline_closed")
    expect(readProblem(refused).detail).toMatch(new RegExp(end, "i"))
    expect(await listAuditRows(desk, "hand-off-declined")).toEqual([])
    const { entries } = Inbox.parse((await desk.call("GET", apiUrls.inbox())).json())
    expect(entries.filter(({ kind }) => kind === "declined")).toEqual([])
  })

  test("is refused behind a link that was withdrawn, as is taking a decline back", async () => {
    await decline("Not our network")
    const { handOffs } = HandOffList.parse((await desk.call("GET", apiUrls.handOffs(projectId, id))).json())
    await desk.call("DELETE", apiUrls.handOff(projectId, id, handOffs[0]?.id ?? ""))
    expect(readVerdict(await decline("Still not"))).toBe("410 hand_off_revoked")
    expect(readVerdict(await takeBack())).toBe("410 hand_off_revoked")
    expect((await readPeering()).declined?.reason).toBe("Not our network")
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

describe("POST /hand-off/take-back", () => {
  test("ends the decline for the requester at once, and keeps it in the log", async () => {
    await decline("Not our network")
    const stream = await desk.stream([projectId])
    await stream.next("snapshot")
    desk.clock.advance(1_000)
    expect(HandOffView.parse((await takeBack()).json()).declined).toBe(null)
    await stream.next("peering", (peering) => peering.declined === undefined)
    expect((await readPeering()).declined).toBe(undefined)
    const rows = await Promise.all(
      (["hand-off-declined", "hand-off-taken-back"] as const).map((action) => listAuditRows(desk, action)),
    )
    expect(rows.map((list) => list.map(({ reason }) => reason))).toEqual([["Not our network"], [null]])
    const { acts } = Timeline.parse((await desk.call("GET", apiUrls.timeline(projectId, id))).json())
    expect(acts.at(-1)).toMatchObject({ action: "hand-off-taken-back", by: null })
  })

  test("records nothing without a decline", async () => {
    expect((await takeBack()).status).toBe(200)
    expect(await listAuditRows(desk, "hand-off-taken-back")).toEqual([])
  })
})

describe("POST /peerings/:id/answer", () => {
  test("shows the answer under the decline, with who wrote it, and in the log", async () => {
    await decline("Not our network")
    desk.clock.advance(1_000)
    const at = now()
    expect((await answerWith(" Which VPC is it? ")).status).toBe(204)
    const answers = [{ at, by: "Olivia Marsh", text: "Which VPC is it?" }]
    expect((await openLink()).declined).toMatchObject({ reason: "Not our network", answers })
    expect((await readPeering()).declined).toMatchObject({ reason: "Not our network", answers })
    const [row] = await listAuditRows(desk, "decline-answered")
    expect(row).toMatchObject({ peeringId: id, actor: { name: "Olivia Marsh" }, reason: "Which VPC is it?" })
  })

  test("shows an answer by an API token with the token's name", async () => {
    await decline("Not our network")
    const { secret, token: made } = await createToken(desk, undefined)
    const body = { answer: "Which VPC is it?" }
    const sent = await callByToken(desk, secret, "POST", apiUrls.answerDecline(projectId, id), { body })
    expect(sent.status).toBe(204)
    const by = `Olivia Marsh (token ${made.name})`
    expect((await openLink()).declined?.answers).toMatchObject([{ by }])
  })

  test("leaves the answers to an earlier decline out of a later one", async () => {
    await decline("Not our network")
    await answerWith("Which VPC is it?")
    await takeBack()
    desk.clock.advance(1_000)
    await decline("Wrong region")
    expect((await openLink()).declined).toMatchObject({ reason: "Wrong region", answers: [] })
  })

  test("is refused without a decline that holds, and without a text of 1 to 200 characters", async () => {
    expect(readVerdict(await answerWith("Hello"))).toBe("409 not_declined")
    await decline("Not our network")
    for (const text of [undefined, " ", "x".repeat(201)])
      expect(readProblem(await answerWith(text)).fields).toHaveProperty("answer")
    expect(await listAuditRows(desk, "decline-answered")).toEqual([])
  })
})
