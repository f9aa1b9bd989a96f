import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering, PeeringList, providerNames } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { passLookUps } from "#test/support/changes.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const posts = () => desk.asked("POST", "/peers")
const lists = () => desk.asked("GET", "/peers")
const key = "a-key-made-once-per-form"

function failPost(fault: object, times = 1): void {
  desk.simulator.addFault({ match: { method: "POST", path: "/peers" }, fault, times })
}

async function list(): Promise<Peering[]> {
  return PeeringList.parse((await desk.call("GET", apiUrls.peerings(projectId))).json()).peerings
}

const envelope = (status: number, errorCode: string, detail: string, parameters: unknown[] = []) => ({
  status,
  body: { detail, error: status, errorCode, parameters, reason: "x" },
})

describe("POST /peerings that Atlas refuses", () => {
  test.each([
    [
      envelope(400, "INVALID_ATTRIBUTE", "Invalid attribute vpcId specified.", ["vpcId"]),
      "422 atlas_refused",
      ["vpcId"],
    ],
    [envelope(400, "SOMETHING_NEW", "A word nobody has heard of."), "422 atlas_refused", undefined],
    [{ status: 400, body: "<html>Bad request</html>" }, "422 atlas_refused", undefined],
    [{ status: 400, body: "" }, "422 atlas_refused", undefined],
    [
      envelope(401, "USER_UNAUTHORIZED", "Current user is not authorized."),
      "502 atlas_rights_missing",
      undefined,
    ],
    [
      envelope(402, "NO_PAYMENT_INFORMATION_FOUND", "No payment information was found."),
      "422 atlas_refused",
      undefined,
    ],
    [
      envelope(403, "IP_ADDRESS_NOT_ON_ACCESS_LIST", "IP address 1.2.3.4 is not allowed."),
      "502 atlas_address_refused",
      undefined,
    ],
    [envelope(403, "USER_UNAUTHORIZED", "No."), "502 atlas_rights_missing", undefined],
    [envelope(404, "GROUP_NOT_FOUND", "No group with ID x exists."), "404 project_not_found", undefined],
    [envelope(404, "CLOUD_PROVIDER_CONTAINER_NOT_FOUND", "x"), "422 atlas_refused", ["containerId"]],
    [{ status: 404, body: "<html>Not found</html>" }, "422 atlas_refused", undefined],
    [envelope(409, "OVERLAPPING_CIDR_BLOCK", "It overlaps."), "422 atlas_refused", ["routeTableCidrBlock"]],
    [envelope(409, "PEER_MAXIMUM_REACHED", "Up to 25."), "422 atlas_refused", undefined],
  ])("turns %j into %s with Atlas's words, and may be sent again", async (fault, verdict, fields) => {
    failPost(fault)
    const answer = await desk.create(projectId, requests.AWS)
    expect(readVerdict(answer)).toBe(verdict)
    const problem = readProblem(answer)
    const { errorCode, detail } = Object.assign({ errorCode: null, detail: null }, fault.body)
    expect(problem.atlas).toEqual({ status: fault.status, errorCode, detail })
    expect(problem.fields && Object.keys(problem.fields)).toEqual(fields)
    expect((await desk.create(projectId, requests.AWS)).status).toBe(201)
  })

  test("names the network's field when somebody else has peered it meanwhile", async () => {
    const other = await hideConnections()
    await other.create(projectId, requests.AZURE)
    const again = await other.create(projectId, requests.AZURE, "another-key-of-another-form")
    expect(readVerdict(again)).toBe("422 atlas_refused")
    expect(readProblem(again)).toMatchObject({
      atlas: { status: 409, errorCode: "PEER_ALREADY_EXISTS_AZURE" },
      fields: { vnetName: readProblem(again).atlas?.detail },
    })
    expect(posts()).toBe(2)
    await other.close()
  })

  test("is tried twice at most when Atlas refuses our key", async () => {
    failPost({ status: 401 }, 100)
    expect(readVerdict(await desk.create(projectId, requests.AWS))).toBe("502 atlas_keys_refused")
    expect(posts()).toBe(2)
  })

  test("pauses every call about the project until the time that a 429 named", async () => {
    failPost({ retryAfter: 30 })
    const refused = await desk.create(projectId, requests.AWS)
    expect(readVerdict(refused)).toBe("503 atlas_rate_limited")
    expect(refused.headers["retry-after"]).toBe("30")
    expect(readProblem(refused)).toMatchObject({
      retryAfterSeconds: 30,
      atlas: { status: 429, errorCode: "RATE_LIMITED" },
    })

    const before = desk.simulator.calls().total.requests
    desk.clock.advance(12_500)
    for (const answer of [
      await desk.create(projectId, requests.AWS),
      await desk.create(projectId, requests.GCP, "another-key-of-another-form"),
      await desk.call("GET", apiUrls.containers(projectId)),
    ]) {
      expect(readVerdict(answer)).toBe("503 atlas_rate_limited")
      expect(answer.headers["retry-after"]).toBe("18")
      expect(readProblem(answer).atlas?.errorCode).toBe("RATE_LIMITED")
    }
    expect(desk.simulator.calls().total.requests).toBe(before)
    expect((await desk.call("GET", apiUrls.containers(seededIds.payments))).status).toBe(200)

    desk.clock.advance(17_500)
    expect((await desk.create(projectId, requests.AWS)).status).toBe(201)
  })
})

describe("POST /peerings whose answer is lost", () => {
  test.each(providerNames.flatMap((cloud) => (["during", "after"] as const).map((cut) => ({ cloud, cut }))))(
    "returns the $cloud peering that a lookup finds, cut $cut the work",
    async ({ cloud, cut }) => {
      failPost({ cut })
      const answer = await desk.create(projectId, requests[cloud])
      expect(answer.status).toBe(201)
      const created = Peering.parse(answer.json())
      expect(created.peer.containerId).toBe(requests[cloud].containerId)
      expect(await list()).toEqual([created])
      expect((await desk.create(projectId, requests[cloud])).json()).toEqual(created)
      expect(posts()).toBe(1)
    },
  )

  test.each([
    ["was cut off before it did anything", { cut: "before" }, undefined],
    [
      "had an error",
      { status: 500 },
      { status: 500, errorCode: "UNEXPECTED_ERROR", detail: expect.any(String) as string },
    ],
    ["had a gateway error", { status: 502 }, { status: 502, errorCode: null, detail: null }],
    ["had a gateway's time-out", { status: 504 }, { status: 504, errorCode: null, detail: null }],
    [
      "answered a page",
      { status: 201, body: "<html>Welcome</html>" },
      { status: 201, errorCode: null, detail: null },
    ],
    ["answered nothing", { status: 201, body: "" }, { status: 201, errorCode: null, detail: null }],
    [
      "answered no id",
      { status: 201, body: { statusName: "INITIATING" } },
      { status: 201, errorCode: null, detail: null },
    ],
    [
      "answered half of it",
      { status: 201, body: '{"id": "64b1f0a2' },
      { status: 201, errorCode: null, detail: null },
    ],
  ])("returns 504 when Atlas %s, and the same key looks it up again", async (_, fault, atlas) => {
    failPost(fault)
    const answer = await passLookUps(desk, desk.create(projectId, requests.GCP))
    expect(readVerdict(answer)).toBe("504 outcome_unknown")
    const problem = readProblem(answer)
    expect(problem.atlas).toEqual(atlas)
    expect(problem.detail).toContain("Atlas doesn't list it yet")

    const again = await passLookUps(desk, desk.create(projectId, requests.GCP))
    expect(readVerdict(again)).toBe("504 outcome_unknown")
    expect(posts()).toBe(1)
  })

  test("returns 504 when the answer comes too late, until the list shows the peering", async () => {
    failPost({ delayMs: 600_000 })
    const answer = desk.create(projectId, requests.AWS)
    await vi.waitFor(() => expect(desk.simulator.faults()).toEqual([]), { timeout: 20_000 })
    desk.clock.advance(15_000)
    expect(readVerdict(await passLookUps(desk, answer))).toBe("504 outcome_unknown")

    // The request was stuck on its way and arrives after all.
    await appear(requests.AWS)
    const found = await desk.create(projectId, requests.AWS)
    expect(found.status).toBe(201)
    expect(Peering.parse(found.json()).peer).toMatchObject(requests.AWS)
    expect((await desk.create(projectId, requests.AWS)).json()).toEqual(found.json())
  })

  test("ignores the peering of another network that somebody else creates", async () => {
    failPost({ cut: "before" })
    const answer = desk.create(projectId, requests.GCP)
    await desk.clock.untilWaiting(1_000)
    await appear({ ...requests.GCP, networkName: "another-network" })
    expect(readVerdict(await passLookUps(desk, answer))).toBe("504 outcome_unknown")
    expect(await list()).toHaveLength(1)
  })

  test("ignores an older peering of the same two networks", async () => {
    const other = await hideConnections()
    await appear(requests.AWS)
    failPost({ cut: "before" })
    const answer = await passLookUps(desk, other.create(projectId, requests.AWS))
    expect(readVerdict(answer)).toBe("504 outcome_unknown")
    expect(await list()).toHaveLength(1)
    await other.close()
  })

  test("looks the peering up again when the list fails at first", async () => {
    await list()
    failPost({ cut: "after" })
    const path = `/groups/${projectId}/peers`
    desk.simulator.addFault({ match: { method: "GET", path }, fault: { status: 500 }, times: 1 })
    const answer = desk.create(projectId, requests.AWS)
    await desk.clock.untilWaiting(1_000)
    desk.clock.advance(1_000)
    expect((await answer).status).toBe(201)
  })

  test("says that Atlas does not answer when the list fails too", async () => {
    await list()
    failPost({ cut: "after" })
    desk.simulator.addFault({ match: { method: "GET", path: "/peers" }, fault: { status: 500 } })
    const answer = await passLookUps(desk, desk.create(projectId, requests.AWS))
    expect(readVerdict(answer)).toBe("504 outcome_unknown")
    expect(readProblem(answer).detail).toContain("Atlas isn't answering right now")

    desk.simulator.clearFaults()
    expect((await desk.create(projectId, requests.AWS)).status).toBe(201)
    expect(posts()).toBe(1)
  })
})

describe("POST /peerings without a list of earlier peerings", () => {
  test("sends nothing, since an older peering could not be told from the new one", async () => {
    desk.simulator.addFault({ match: { method: "GET", path: "/peers" }, fault: { status: 500 }, times: 1 })
    expect(readVerdict(await desk.create(projectId, requests.AWS))).toBe("502 atlas_failed")
    expect(posts()).toBe(0)
    desk.clock.advance(2_000)
    expect((await desk.create(projectId, requests.AWS)).status).toBe(201)
  })

  test("sends nothing to a project that Atlas does not know", async () => {
    const answer = await desk.create("0123456789abcdef01234567", requests.AWS)
    expect(readVerdict(answer)).toBe("404 project_not_found")
    expect(posts()).toBe(0)
  })

  test("sends nothing to an Atlas that cannot be reached, and the same key may try again", async () => {
    await desk.simulator.close()
    for (const _ of ["at first", "again"])
      expect(readVerdict(await desk.create(projectId, requests.AWS, key))).toBe("503 atlas_unreachable")
    expect(lists() + posts()).toBe(0)
  })
})

/** Creates a peering as somebody else, or by another way. */
async function appear(request: object): Promise<void> {
  const other = await startTestApp({
    environment: { ATLAS_BASE_URL: desk.services.config.atlas.baseUrl.href },
  })
  const answer = await other.create(projectId, request)
  await other.close()
  expect(answer.status).toBe(201)
}

/** Opens the same server with a verdict that sees no peering, as if each appeared right after the poll. */
async function hideConnections(): Promise<TestApp> {
  return await startTestApp({
    beside: desk,
    replace: ({ snapshotReader }) => {
      const blind: Pick<typeof snapshotReader, "readSnapshot" | "readFacts" | "judgePolicies"> = {
        readFacts: (...about) => snapshotReader.readFacts(...about),
        judgePolicies: (...about) => snapshotReader.judgePolicies(...about),
        async readSnapshot(...about) {
          const seen = await snapshotReader.readSnapshot(...about)
          return { ...seen, here: { ...seen.here, peers: [] } }
        },
      }
      return { snapshotReader: Object.assign(Object.create(snapshotReader) as typeof snapshotReader, blind) }
    },
  })
}
