import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  idempotencyKeyHeader,
  personHeader,
  requestedByHeader,
  SessionInfo,
} from "@peering-desk/shared-schemas"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createRateLimits, usualRateLimits } from "#sign-in/rate-limits.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import {
  contentTypes,
  listNearMisses,
  mayWrite,
  ownHeaders,
  readState,
  sites,
  toCells,
  toHeaders,
  toOrigins,
  type Cell,
} from "#test/support/forgery.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { listRoutes } from "#test/support/routes.ts"
import { writes } from "#test/support/unsafe-writes.ts"

let desk: TestApp
beforeAll(async () => {
  desk = await startTestApp({
    replace: () => ({
      limits: createRateLimits({
        ...usualRateLimits,
        readsPerUser: 99_999,
        readsPerAddress: 99_999,
        writesPerUser: 99_999,
        writesPerAddress: 99_999,
      }),
    }),
  })
})
afterAll(() => desk.close())

const atATime = 50
const safe: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"])
const name = ({ method, site, origin, own, type }: Cell) =>
  `${method}, site ${site}, origin ${origin}, our header ${own}, type ${type}`

describe("a create", () => {
  const cells = toCells({
    method: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    site: Object.keys(sites),
    origin: Object.keys(toOrigins("http://127.0.0.1")),
    own: Object.keys(ownHeaders),
    type: Object.keys(contentTypes),
  })

  /** Each request names another VPC, which keeps a success from hiding behind an earlier one. */
  function send(cell: Cell, number: number) {
    const block = `10.${100 + Math.floor(number / 256)}.${number % 256}.0/24`
    const vpcId = `vpc-${number.toString(16).padStart(17, "0")}`
    return desk.call(cell.method, apiUrls.peerings(projectId), {
      headers: {
        ...toHeaders(cell, desk.origin),
        [idempotencyKeyHeader]: `a-key-for-the-cell-${number}`,
        accept: "application/json",
      },
      body: { reason: "Orders move", request: { ...requests.AWS, vpcId, routeTableCidrBlock: block } },
    })
  }
  const count = async () => {
    const { writesAtAtlas, change: changes, event: audit, session } = await readState(desk)
    const lengths = [changes, audit, session].map((rows) => (rows as unknown[]).length)
    return { writesAtAtlas, changes: lengths[0], audit: lengths[1], sessions: lengths[2] }
  }
  const makes = (cell: Cell) => cell.method === "POST" && mayWrite(cell)
  const numbered = cells.map((cell, number) => ({ cell, number }))

  test("is not made by anything else that a request can look like", async () => {
    expect(cells).toHaveLength(7 * 6 * 5 * 3 * 6)
    const before = await readState(desk)
    const wrong: string[] = []
    const forged = numbered.filter(({ cell }) => !makes(cell))
    for (let from = 0; from < forged.length; from += atATime) {
      const batch = forged.slice(from, from + atATime)
      const answers = await Promise.all(batch.map(({ cell, number }) => send(cell, number)))
      for (const [index, { status }] of answers.entries()) {
        const cell = batch[index]?.cell
        if (cell === undefined) continue
        const refused = status === 403 || status === 415
        const passes = safe.has(cell.method) || mayWrite(cell)
        if (status === 201 || refused === passes) wrong.push(`${name(cell)}: ${status}`)
      }
      expect(await readState(desk)).toEqual(before)
    }
    expect(wrong).toEqual([])
  })

  test("is made by our own pages, once each", async () => {
    const before = await count()
    const honest = numbered.filter(({ cell }) => makes(cell))
    // Same origin with any Origin header (5), or that header alone (1); each with two spellings of JSON.
    expect(honest).toHaveLength(12)
    for (const { cell, number } of honest) expect((await send(cell, number)).status).toBe(201)
    expect(desk.simulator.state().projects.find(({ id }) => id === projectId)?.peers).toHaveLength(12)
    const { changes = 0, audit = 0, sessions } = before
    // An attempt and its outcome.
    const after = { changes: changes + 12, audit: audit + 24, sessions }
    expect(await count()).toMatchObject(after)
  })
})

describe("every route with an unsafe method", () => {
  // One guard decides for all routes, and the create above has every cell. Here are those that one header parts from a write.
  const cells = listNearMisses({
    method: [""],
    site: Object.keys(sites),
    origin: ["absent", "right", "wrong"],
    own: Object.keys(ownHeaders),
    type: ["json", "text", "form", "absent"],
  })

  test("has a request here, or says what else proves where it comes from", () => {
    const unsafe = listRoutes(desk.app).filter((route) => !safe.has(route.replace(/ .*/, "")))
    expect(unsafe.toSorted()).toEqual(Object.keys(writes).toSorted())
  })

  test.each(Object.entries(writes).flatMap(([route, write]) => ("path" in write ? [{ route, write }] : [])))(
    "$route refuses what our own pages would not send, and changes nothing by it",
    async ({ route, write }) => {
      const method = route.replace(/ .*/, "")
      const cookie = await desk.signIn("olivia")
      const path = await write.path(desk)
      const send = (headers: Record<string, string | undefined>) =>
        desk.call(method, path, {
          headers: { cookie, ...write.headers, ...headers },
          ...(write.body !== undefined && { body: write.body }),
        })
      const requestsAtAtlas = () => desk.simulator.calls().total.requests
      const before = [await readState(desk), requestsAtAtlas()]
      const wrong: string[] = []
      for (const cell of cells) {
        const { status } = await send(toHeaders(cell, desk.origin))
        if (status !== 403 && status !== 415) wrong.push(`${name({ ...cell, method })}: ${status}`)
      }
      expect(wrong).toEqual([])
      expect([await readState(desk), requestsAtAtlas()]).toEqual(before)
      // The same request from our own page does its work, so the others could have.
      const honest = send({ "content-type": "application/json" })
      await write.meanwhile?.(desk)
      expect((await honest).status).toBe(write.status)
      const after = [await readState(desk), requestsAtAtlas()]
      expect(JSON.stringify(after) !== JSON.stringify(before) || write.changes === false).toBe(true)
    },
  )
})

test("the page of who was signed in before writes nothing as who signed in since", async () => {
  const cookies = [await desk.signIn("olivia"), await desk.signIn("nadia")]
  const [olivia, nadia] = await Promise.all(
    cookies.map(async (cookie) => {
      const answer = await desk.call("GET", apiUrls.session(), { headers: { cookie } })
      return SessionInfo.parse(answer.json()).personKey
    }),
  )
  const save = (cookie: string | undefined, person: string | undefined) =>
    desk.call("POST", apiUrls.presets(seededIds.payments), {
      headers: { cookie, [personHeader]: person },
      body: { name: "of-one-page", draft: { providerName: "AWS", request: {} } },
    })
  const before = await readState(desk)
  const refused = await save(cookies[1], olivia)
  expect([refused.status, refused.json()]).toEqual([409, expect.objectContaining({ code: "other_person" })])
  expect(await readState(desk)).toEqual(before)
  expect((await save(cookies[1], nadia)).status).toBe(200)
})

describe("reading", () => {
  const readable: Record<string, string> = {
    "GET /sign-in": "begins a sign-in",
    "GET /sign-in/callback": "ends one, with the state that this browser was given",
    "GET /api/audit/export": "is recorded, as the next test says",
  }

  test("changes nothing, by GET and by HEAD, wherever it comes from", async () => {
    const routes = [...new Set(listRoutes(desk.app))]
      .filter((route) => route.startsWith("GET ") && readable[route] === undefined)
      .map((route) => route.slice("GET ".length).replace("/{*page}", "/"))
    expect(routes.length).toBeGreaterThan(12)
    // What became of the connections above is seen, and stored, before.
    await desk.call("GET", apiUrls.peerings(projectId))
    for (const path of routes) {
      const filled = path
        .replace(":projectId", projectId)
        .replace(":sequence", "1")
        .replace(/:\w+/, projectId)
      const before = await readState(desk)
      for (const site of Object.values(sites)) {
        const headers = { "sec-fetch-site": site, accept: "*/*" }
        await desk.call("HEAD", filled, { headers })
        // A stream without projects is refused; one with some would not end.
        await desk.call("GET", filled, { headers })
      }
      expect([path, await readState(desk)]).toEqual([path, before])
    }
  })

  test.each([
    ["same-site", 403],
    ["cross-site", 403],
    ["Same-Origin, trust me", 403],
    ["same-origin", 200],
    ["none", 200],
    [undefined, 200],
  ])("an export that another site led to is none, and is not recorded (%s: %d)", async (site, status) => {
    const before = await readState(desk)
    const path = apiUrls.exportAudit({ format: "jsonl" })
    const answer = await desk.call("GET", path, { headers: { "sec-fetch-site": site } })
    expect(answer.status).toBe(status)
    const { event: rows } = await readState(desk)
    expect((rows as unknown[]).length - (before["event"] as unknown[]).length).toBe(status === 200 ? 1 : 0)
  })
})

test("no answer allows a page of another origin to read it, or to send our own header", async () => {
  const headers = {
    origin: "https://evil.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": requestedByHeader,
  }
  for (const method of ["GET", "OPTIONS", "POST"])
    for (const path of [apiUrls.peerings(projectId), apiUrls.signInInfo(), "/", "/healthz"]) {
      const answer = await desk.call(method, path, { headers })
      const allowed = Object.keys(answer.headers).filter((one) => one.startsWith("access-control-"))
      expect([method, path, allowed]).toEqual([method, path, []])
    }
})
