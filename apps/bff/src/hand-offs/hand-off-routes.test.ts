import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  AuditPage,
  HandOffList,
  HandOffView,
  MadeHandOff,
  Peering,
  PeeringList,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { sql } from "kysely"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createRateLimits, usualRateLimits } from "#sign-in/rate-limits.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import type { Answer } from "#test/support/http.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
let startedAt: number
beforeEach(async () => {
  desk = await startTestApp()
  startedAt = desk.clock.now()
})
afterEach(() => desk.close())

const hourMs = 60 * 60_000
const afterStart = (ms: number) => new Date(startedAt + ms).toISOString()

async function create(cloud: ProviderName = "AWS"): Promise<string> {
  const answer = await desk.create(projectId, requests[cloud], `a-key-for-the-form-of-${cloud}`)
  return Peering.parse(answer.json()).id
}

async function handOut(id: string, body: object = { expiresInHours: 24, for: "Ana" }): Promise<MadeHandOff> {
  return MadeHandOff.parse((await desk.call("POST", apiUrls.handOffs(projectId, id), { body })).json())
}

/** Calls the API like the page behind a link: without a session. */
function open(token: string, headers: Record<string, string | undefined> = {}): Promise<Answer> {
  const authorization = `Bearer ${token}`
  return desk.call("GET", apiUrls.openHandOff(), {
    headers: { cookie: undefined, authorization, ...headers },
  })
}

function press(token: string, headers: Record<string, string | undefined> = {}): Promise<Answer> {
  const all = { cookie: undefined, authorization: `Bearer ${token}`, ...headers }
  return desk.call("POST", apiUrls.reportHandOffDone(), { headers: all, body: {} })
}

async function view(token: string): Promise<HandOffView> {
  return HandOffView.parse((await open(token)).json())
}

async function list(id: string) {
  return HandOffList.parse((await desk.call("GET", apiUrls.handOffs(projectId, id))).json()).handOffs
}

async function audited(): Promise<string[]> {
  const { rows } = AuditPage.parse((await desk.call("GET", apiUrls.audit({ limit: "200" }))).json())
  return rows.flatMap(({ action, actor, peeringId }) =>
    action.startsWith("hand-off") ? [`${action} ${actor?.name ?? "somebody"} ${peeringId ?? ""}`] : [],
  )
}

describe("a hand-off link", () => {
  test("is refused with NUL in its recipient, and leaves no audit row when it can't be stored", async () => {
    const id = await create()
    const make = (name: string) =>
      desk.call("POST", apiUrls.handOffs(projectId, id), { body: { expiresInHours: 1, for: name } })
    expect(readVerdict(await make("Net\0team"))).toBe("400 invalid_request")
    await desk.services.store.db.schema.dropTable("hand_off").execute()
    expect((await make("Net team")).status).toBe(500)
    expect(await audited()).toEqual([])
  })

  test("is refused beside 50 open ones of its connection, until one of them is revoked", async () => {
    const id = await create()
    const links = desk.services.handOffs
    const { handOff } = await handOut(id)
    const [first] = await links.of({ projectId, peeringId: id })
    for (let number = 1; number < 50; number += 1) await links.add({ ...first!, id: `link-${number}` })
    const body = { expiresInHours: 24 }
    const refused = await desk.call("POST", apiUrls.handOffs(projectId, id), { body })
    expect(readProblem(refused).fields).toEqual({
      for: "This connection has 50 open links. Revoke one first",
    })
    await desk.call("DELETE", apiUrls.handOff(projectId, id, handOff.id))
    expect((await desk.call("POST", apiUrls.handOffs(projectId, id), { body })).status).toBe(201)
  })

  test("shows what the network's owner needs for this peering, and nothing else", async () => {
    const id = await create()
    await desk.call("PUT", apiUrls.peeringLabel(projectId, id), { body: { label: "goes after the merger" } })
    desk.simulator.advance(20)
    desk.clock.advance(10_000)
    const { token, url } = await handOut(id)
    expect(url).toBe(`${desk.origin}/hand-off#${token}`)
    const answer = await open(token)
    const shown = HandOffView.parse(answer.json())
    expect(shown).toMatchObject({
      providerName: "AWS",
      projectName: desk.simulator.state().projects.find((project) => project.id === projectId)?.name,
      status: "PENDING_ACCEPTANCE",
      turn: "you",
      statusSince: afterStart(10_000),
      peer: { id, awsAccountId: requests.AWS.awsAccountId, vpcId: requests.AWS.vpcId },
      container: { id: requests.AWS.containerId },
    })
    expect(shown.peer).toHaveProperty("connectionId", expect.stringMatching(/^pcx-/))
    expect(Object.keys(answer.json() as object).toSorted()).toEqual(Object.keys(HandOffView.shape).toSorted())
    expect(shown).toMatchObject({
      askedBy: { name: "Olivia Marsh", email: "olivia@example.com" },
      reason: "Orders move to Atlas",
      label: "goes after the merger",
      expiresLatest: afterStart(10_000 + 7 * 24 * hourMs),
      declined: null,
    })
    for (const secret of [projectId, "Ana"]) expect(answer.text).not.toContain(secret)
    expect(answer.headers["set-cookie"]).toBe(undefined)
    expect(answer.headers["cache-control"]).toBe("no-store")
  })

  test("says if the access list has the CIDR and a cluster runs, and names no entry and no cluster", async () => {
    const { token } = await handOut(await create())
    expect(await view(token)).toMatchObject({ accessListed: false, clusterRuns: false })
    const entry = { cidrBlock: requests.AWS.routeTableCidrBlock, comment: "of the ledger team" }
    await desk.call("POST", apiUrls.accessList(projectId), { body: { entry, reason: "Orders connect" } })
    const region = { providerName: "AWS" as const, regionName: "US_EAST_1", nodes: 3 }
    desk.simulator.putCluster(projectId, { name: "internal-ledger", regions: [region], stateName: "IDLE" })
    desk.clock.advance(60_000)
    const answer = await open(token)
    expect(answer.json()).toMatchObject({ accessListed: true, clusterRuns: true })
    for (const secret of [entry.comment, "internal-ledger"]) expect(answer.text).not.toContain(secret)
    desk.simulator.addFault({ match: { method: "GET", path: "/accessList" }, fault: { status: 500 } })
    desk.clock.advance(60_000)
    expect(await view(token)).toMatchObject({ accessListed: null, clusterRuns: true })
  })

  test("leaves out unknown fields of Atlas's answer", async () => {
    const id = await create("GCP")
    const { token } = await handOut(id)
    desk.clock.advance(10_000)
    // From now on the list decides, since it had the connection once.
    await view(token)
    const strange = {
      id,
      status: "WAITING_FOR_USER",
      networkName: "payments-vpc",
      internalNote: "not for you",
    }
    desk.clock.advance(10_000)
    desk.simulator.addFault({
      match: { method: "GET", path: "providerName=GCP" },
      fault: { status: 200, body: { results: [strange], totalCount: 1 } },
    })
    const answer = await open(token)
    expect(answer.json()).toMatchObject({ status: "WAITING_FOR_USER", expiresLatest: null })
    expect(answer.text).not.toContain("not for you")
  })

  test("follows its peering past its end, with at most one poll per five seconds", async () => {
    const id = await create()
    const { token, handOff } = await handOut(id)
    await view(token)
    desk.simulator.advance(20)
    desk.clock.advance(5_000)
    const before = desk.asked("GET", "/peers")
    const views = await Promise.all(Array.from({ length: 8 }, () => view(token)))
    expect(new Set(views.map(({ status }) => status))).toEqual(new Set(["PENDING_ACCEPTANCE"]))
    expect(desk.asked("GET", "/peers") - before).toBe(1)
    desk.simulator.reset()
    desk.clock.advance(60_000)
    expect(await view(token)).toMatchObject({
      turn: "gone",
      status: "PENDING_ACCEPTANCE",
      expiresLatest: null,
    })
    expect(await list(id)).toMatchObject([{ revokedAt: null }])
    expect((await desk.call("DELETE", apiUrls.handOff(projectId, id, handOff.id))).status).toBe(204)
    expect(readVerdict(await open(token))).toBe("410 hand_off_revoked")
  })

  test("is missing for a deleted peering without links, and 404 for one that never existed", async () => {
    const id = await create()
    await list(id)
    desk.simulator.reset()
    desk.clock.advance(60_000)
    expect(await list(id)).toEqual([])
    const never = apiUrls.handOffs(projectId, "0123456789abcdef01234567")
    expect(readVerdict(await desk.call("GET", never))).toBe("404 peering_not_found")
  })

  test("polls Atlas on “I did it”, and audits the press", async () => {
    const id = await create()
    desk.simulator.advance(20)
    desk.clock.advance(10_000)
    const { token, handOff } = await handOut(id)
    await view(token)
    desk.simulator.cloudSide(id, "accept")
    desk.clock.advance(4_000)
    const pressed = HandOffView.parse((await press(token)).json())
    expect(pressed).toMatchObject({ status: "FINALIZING" })
    expect(await list(id)).toMatchObject([
      { id: handOff.id, pressedCount: 1, lastPressedAt: afterStart(14_000), openedCount: 1 },
    ])
  })

  test("has an id of 128 random bits, another one each time", async () => {
    const id = await create()
    const ids: string[] = []
    for (let made = 0; made < 5; made += 1) ids.push((await handOut(id)).handOff.id)
    expect(new Set(ids).size).toBe(5)
    for (const one of ids) expect(Buffer.from(one, "base64url")).toHaveLength(16)
  })

  test("is listed with its visits and audited, never with its token", async () => {
    const id = await create()
    const { token, handOff } = await handOut(id)
    expect(await list(id)).toEqual([handOff])
    expect(handOff).toMatchObject({ for: "Ana", madeBy: "Olivia Marsh", openedCount: 0, revokedAt: null })
    for (const pauseMs of [0, 60_000, 9 * 60_000, 10 * 60_000]) {
      desk.clock.advance(pauseMs)
      await view(token)
    }
    await press(token)
    expect(await list(id)).toMatchObject([{ openedCount: 2, lastOpenedAt: afterStart(20 * 60_000) }])
    await desk.call("DELETE", apiUrls.handOff(projectId, id, handOff.id))
    expect(await audited()).toEqual([
      `hand-off-revoked Olivia Marsh ${id}`,
      `hand-off-pressed somebody ${id}`,
      `hand-off-opened somebody ${id}`,
      `hand-off-opened somebody ${id}`,
      `hand-off-made Olivia Marsh ${id}`,
    ])
    const told = desk.answers.filter((answer) => answer.includes(token))
    expect(told).toHaveLength(1)
    expect(desk.logs.join("\n")).not.toContain(token.slice(-20))
    const exported = (await desk.call("GET", apiUrls.exportAudit({ format: "jsonl" }))).text
    expect(exported).not.toContain(token.slice(-20))
  })

  test("is refused with its own code when expired, revoked, tampered with or missing", async () => {
    const id = await create()
    const ended = await handOut(id, { expiresInHours: 1 })
    const revoked = await handOut(id)
    const path = apiUrls.handOff(projectId, id, revoked.handOff.id)
    expect((await desk.call("DELETE", path)).status).toBe(204)
    expect((await desk.call("DELETE", path)).status).toBe(204)
    desk.clock.advance(59 * 60_000)
    await view(ended.token)
    desk.clock.advance(60_000)
    for (const send of [open, press]) {
      expect(readVerdict(await send(ended.token))).toBe("410 hand_off_expired")
      expect(readVerdict(await send(revoked.token))).toBe("410 hand_off_revoked")
      expect(readVerdict(await send(`${revoked.token}x`))).toBe("404 hand_off_invalid")
      expect(readVerdict(await send("", { authorization: undefined }))).toBe("404 hand_off_invalid")
    }
  })

  test("is neither revoked nor counted as opened when the audit log can't be written", async () => {
    const id = await create()
    const { token, handOff } = await handOut(id)
    await desk.services.store.db.schema.dropTable("event").execute()
    expect((await open(token)).status).toBe(500)
    expect((await desk.call("DELETE", apiUrls.handOff(projectId, id, handOff.id))).status).toBe(500)
    expect(await list(id)).toEqual([handOff])
  })

  test("leaves no audit row when the owner's report can't be stored", async () => {
    const id = await create()
    const { token } = await handOut(id)
    await sql`create trigger full before update of pressed_count on hand_off
      begin select raise(abort, 'no room'); end`.execute(desk.services.store.db)
    expect((await press(token)).status).toBe(500)
    expect(await audited()).toEqual([`hand-off-made Olivia Marsh ${id}`])
  })

  test("opens its own peering only, and gives no rights of a session", async () => {
    const { peerings } = PeeringList.parse(
      (await desk.call("GET", apiUrls.peerings(seededIds.payments))).json(),
    )
    const ids = [await create("AWS"), await create("AZURE")]
    const links = await Promise.all(ids.map((id) => handOut(id)))
    for (const [index, { token }] of links.entries()) expect((await view(token)).peer.id).toBe(ids[index])
    const [one, other] = links.map(({ token }) => token.split("."))
    const crossed = [one?.[0], other?.[1], one?.[2], one?.[3]].join(".")
    expect(readVerdict(await open(crossed))).toBe("404 hand_off_invalid")
    const elsewhere = apiUrls.handOff(seededIds.payments, peerings[0]?.id ?? "", links[0]?.handOff.id ?? "")
    expect(readVerdict(await desk.call("DELETE", elsewhere))).toBe("404 hand_off_not_found")
    // No other route accepts the token.
    const headers = { cookie: undefined, authorization: `Bearer ${links[0]?.token}` }
    const others = [
      apiUrls.projects(),
      apiUrls.peering(projectId, ids[0] ?? ""),
      apiUrls.handOffs(projectId, ids[0] ?? ""),
    ]
    for (const path of others)
      expect(readVerdict(await desk.call("GET", path, { headers }))).toBe("401 not_signed_in")
  })

  test("can be created by a requester, for an hour to a week", async () => {
    const id = await create()
    for (const body of [{}, { expiresInHours: 0 }, { expiresInHours: 169 }, { expiresInHours: 1.5 }])
      expect(
        readProblem(await desk.call("POST", apiUrls.handOffs(projectId, id), { body })).fields,
      ).toHaveProperty("expiresInHours", "Enter a whole number of hours, 1 to 168")
    const cookie = await desk.signIn("victor")
    const body = { expiresInHours: 1 }
    const asViewer = await desk.call("POST", apiUrls.handOffs(projectId, id), { body, headers: { cookie } })
    expect(readVerdict(asViewer)).toBe("403 forbidden")
    expect(
      HandOffList.parse(
        (await desk.call("GET", apiUrls.handOffs(projectId, id), { headers: { cookie } })).json(),
      ),
    ).toEqual({ handOffs: [] })
  })

  test("refuses “I did it” from a foreign page", async () => {
    const { token } = await handOut(await create())
    const wrong = [
      { "x-peering-desk": undefined },
      { "sec-fetch-site": "cross-site" },
      { "content-type": "text/plain" },
    ]
    for (const headers of wrong) expect([403, 415]).toContain((await press(token, headers)).status)
    expect((await press(token)).status).toBe(200)
  })
})

test("GET /hand-off refuses 1,000 tampered tokens without a trace", async () => {
  await desk.close()
  const settings = { handOffsPerAddress: 9_999, handOffsPerToken: 9_999 }
  desk = await startTestApp({
    replace: () => ({ limits: createRateLimits({ ...usualRateLimits, ...settings }) }),
  })
  const id = await create()
  const { token } = await handOut(id)
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
  const verdicts = new Map<string, number>()
  for (let round = 0; round < 1_000; round += 1) {
    const at = (round * 37) % token.length
    const letter = alphabet[(alphabet.indexOf(token.charAt(at)) + 1 + (round % 60)) % alphabet.length] ?? ""
    const tampered = token.slice(0, at) + letter + token.slice(at + 1)
    if (tampered === token) throw new Error("not tampered with")
    const verdict = readVerdict(await open(tampered))
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
  }
  expect([...verdicts]).toEqual([["404 hand_off_invalid", 1_000]])
  expect(await list(id)).toMatchObject([{ openedCount: 0, pressedCount: 0 }])
}, 60_000)

test("GET /hand-off limits calls per token and per address", async () => {
  await desk.close()
  const settings = { handOffsPerAddress: 8, handOffsPerToken: 4, handOffPressesPerToken: 2 }
  desk = await startTestApp({
    replace: () => ({ limits: createRateLimits({ ...usualRateLimits, ...settings }) }),
  })
  const { token } = await handOut(await create())
  const statuses: number[] = []
  for (let time = 0; time < 3; time += 1) statuses.push((await press(token)).status)
  for (let time = 0; time < 3; time += 1) statuses.push((await open(token)).status)
  for (let time = 0; time < 3; time += 1) statuses.push((await open(`guess-${time}`)).status)
  expect(statuses).toEqual([200, 200, 429, 200, 429, 429, 404, 404, 429])
})

test("GET /hand-off counts one token in any spelling of the scheme", async () => {
  await desk.close()
  const settings = { handOffPressesPerToken: 2 }
  desk = await startTestApp({
    replace: () => ({ limits: createRateLimits({ ...usualRateLimits, ...settings }) }),
  })
  const { token } = await handOut(await create())
  const statuses: number[] = []
  for (const scheme of ["Bearer", "bearer", "BEARER", "Bearer "])
    statuses.push((await press(token, { authorization: `${scheme} ${token}` })).status)
  expect(statuses).toEqual([200, 200, 429, 429])
})
