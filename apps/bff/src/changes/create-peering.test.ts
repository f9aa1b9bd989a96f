import { seededIds } from "@peering-desk/atlas-simulator"
import {
  apiUrls,
  ContainerList,
  idempotencyKeyHeader,
  Peering,
  providerNames,
} from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const posts = () => desk.asked("POST", "/peers")

async function findGcpContainer(inProject: string): Promise<string> {
  const { containers } = ContainerList.parse((await desk.call("GET", apiUrls.containers(inProject))).json())
  return containers.find(({ providerName }) => providerName === "GCP")?.id ?? ""
}

describe.each(["v1.0", "2023-01-01"])("POST /peerings over Atlas API %s", (version) => {
  test.each(providerNames)("creates a peering on %s, which is at its Location and listed", async (cloud) => {
    await desk.close()
    desk = await startTestApp({ environment: { ATLAS_API_VERSION: version } })
    const answer = await desk.create(projectId, requests[cloud])
    expect(answer.status).toBe(201)
    const created = Peering.parse(answer.json())
    expect(created).toMatchObject({ projectId, beginSeen: true, peer: requests[cloud] })
    expect(created.history).toEqual([
      {
        status: cloud === "AWS" ? "INITIATING" : "ADDING_PEER",
        at: new Date(desk.clock.now()).toISOString(),
      },
    ])
    expect(answer.headers.location).toBe(apiUrls.peering(projectId, created.id))
    expect((await desk.call("GET", answer.headers.location ?? "")).json()).toEqual(created)
    expect((await desk.call("GET", apiUrls.peerings(projectId))).json()).toMatchObject({
      peerings: [created],
    })
    expect(posts()).toBe(1)
  })
})

describe("POST /peerings with a wrong field", () => {
  const wrong = providerNames.flatMap((cloud) =>
    Object.keys(requests[cloud]).flatMap((field) =>
      ["", "not what it should be", 7, null, undefined, ["x"]].map((value) => ({ cloud, field, value })),
    ),
  )
  test.each(wrong)("names $field for $cloud: $value", async ({ cloud, field, value }) => {
    const answer = await desk.create(projectId, { ...requests[cloud], [field]: value })
    expect(readVerdict(answer)).toBe("400 invalid_request")
    expect(Object.keys(readProblem(answer).fields ?? {})).toEqual([field])
    expect(desk.simulator.calls().total.requests).toBe(0)
  })

  test.each([
    ["another cloud's", { ...requests.GCP, vpcId: requests.AWS.vpcId }, ["vpcId"]],
    ["set only by Atlas", { ...requests.AWS, id: projectId, statusName: "AVAILABLE" }, ["id", "statusName"]],
    ["an old Azure example's", { ...requests.AZURE, atlasCidrBlock: "192.168.0.0/21" }, ["atlasCidrBlock"]],
    ["__proto__", '{"providerName":"AWS","__proto__":{"vpcId":"x"}}', expect.anything()],
    [
      "pasted from another cloud",
      { ...requests.AWS, awsAccountId: requests.AZURE.azureSubscriptionId, vpcId: requests.GCP.gcpProjectId },
      ["awsAccountId", "vpcId"],
    ],
  ])("names a field that does not belong there: %s", async (_, body, fields) => {
    const answer = await desk.create(projectId, body)
    expect(readVerdict(answer)).toBe("400 invalid_request")
    expect(Object.keys(readProblem(answer).fields ?? {}).toSorted()).toEqual(fields)
    expect(desk.simulator.calls().total.requests).toBe(0)
  })
})

describe("the reason of POST /peerings", () => {
  const send = (body: object, cookie = desk.cookie) =>
    desk.call("POST", apiUrls.peerings(projectId), {
      body,
      headers: { [idempotencyKeyHeader]: "a-key-made-once-per-form", cookie },
    })

  test.each([undefined, null, "", "   ", 7, "x".repeat(201)])(
    "is required: %j is refused",
    async (reason) => {
      const answer = await send({ request: requests.AWS, reason })
      expect(readVerdict(answer)).toBe("400 invalid_request")
      expect(Object.keys(readProblem(answer).fields ?? {})).toEqual(["reason"])
      expect(desk.simulator.calls().total.requests).toBe(0)
    },
  )

  test("is named in a refusal beside the plain names of other fields", async () => {
    const answer = await send({ request: { ...requests.AWS, vpcId: "", extra: 1 }, more: 1 })
    const fields = Object.keys(readProblem(answer).fields ?? {}).toSorted()
    expect(fields).toEqual(["extra", "more", "reason", "vpcId"])
  })

  test("is part of the content of a key", async () => {
    await send({ request: requests.AWS, reason: "One" })
    expect(readVerdict(await send({ request: requests.AWS, reason: "Two" }))).toBe(
      "422 idempotency_key_reused",
    )
    expect((await send({ request: requests.AWS, reason: " One " })).status).toBe(201)
    expect(posts()).toBe(1)
  })

  test("is not checked for a viewer, who gets 403 before any call to Atlas", async () => {
    const answer = await send({ request: requests.AWS, reason: "One" }, await desk.signIn("victor"))
    expect(readVerdict(answer)).toBe("403 forbidden")
    expect(desk.simulator.calls().total.requests).toBe(0)
  })
})

describe("the Idempotency-Key of POST /peerings", () => {
  test.each([
    undefined,
    "",
    "too-short",
    "k".repeat(65),
    "has a space in the middle",
    "has/a/slash/in/it",
    "kéy-with-an-accent",
  ])("is required in its format: %j is refused", async (key) => {
    const headers = { [idempotencyKeyHeader]: key }
    const body = { request: requests.AWS, reason: "Orders move to Atlas" }
    const answer = await desk.call("POST", apiUrls.peerings(projectId), { body, headers })
    expect(readVerdict(answer)).toBe("400 idempotency_key_required")
    expect(desk.simulator.calls().total.requests).toBe(0)
  })

  test("returns the same peering again, in any order of fields", async () => {
    const first = await desk.create(projectId, requests.AWS)
    const again = await desk.create(projectId, Object.fromEntries(Object.entries(requests.AWS).toReversed()))
    expect(again.status).toBe(201)
    expect(again.headers.location).toBe(first.headers.location)
    expect(again.json()).toEqual(first.json())
    expect(posts()).toBe(1)
  })

  test("is refused for different content", async () => {
    await desk.create(projectId, requests.AWS)
    const answer = await desk.create(projectId, { ...requests.AWS, vpcId: "vpc-0ffffffffffffffff" })
    expect(readVerdict(answer)).toBe("422 idempotency_key_reused")
    expect(posts()).toBe(1)
  })

  test("is valid per project: another project may use the same", async () => {
    await desk.create(projectId, requests.AWS)
    const elsewhere = "64b1f0a27c3d5e4f8a9b0c3f"
    expect(readVerdict(await desk.create(elsewhere, requests.AWS))).toBe("422 preflight_refused")
    expect(posts()).toBe(1)
  })

  test("sends one request to Atlas when used twice at once, and the second gets 409 or the same peering", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => desk.create(projectId, requests.GCP)))
    const created = answers.filter(({ status }) => status === 201)
    expect(new Set(created.map((answer) => Peering.parse(answer.json()).id)).size).toBe(1)
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(readVerdict(answer)).toBe("409 still_running")
    expect(posts()).toBe(1)
  })

  test("can be used again after a refusal by Atlas, for the same content only", async () => {
    desk.simulator.addFault({ match: { method: "POST" }, fault: { status: 402 }, times: 2 })
    expect(readVerdict(await desk.create(projectId, requests.AWS))).toBe("422 atlas_refused")
    expect(readVerdict(await desk.create(projectId, requests.AWS))).toBe("422 atlas_refused")
    const changed = { ...requests.AWS, vpcId: "vpc-0ffffffffffffffff" }
    expect(readVerdict(await desk.create(projectId, changed))).toBe("422 idempotency_key_reused")
    expect((await desk.create(projectId, requests.AWS)).status).toBe(201)
    expect(posts()).toBe(3)
  })

  test("is one person's: another person gets 422 and no peering", async () => {
    const request = {
      ...requests.GCP,
      networkName: "orders",
      containerId: await findGcpContainer(seededIds.payments),
    }
    const first = await desk.create(seededIds.payments, request)
    expect(first.status).toBe(201)
    const cookie = await desk.signIn("nadia")
    const body = { request, reason: "Orders move to Atlas" }
    const headers = { [idempotencyKeyHeader]: "a-key-made-once-per-form", cookie }
    const other = await desk.call("POST", apiUrls.peerings(seededIds.payments), { body, headers })
    expect(readVerdict(other)).toBe("422 idempotency_key_reused")
  })

  test("returns 404 for a peering that is gone, and does not create it again", async () => {
    await desk.create(projectId, requests.AWS)
    desk.simulator.reset()
    desk.clock.advance(60_000)
    const again = await desk.create(projectId, requests.AWS)
    expect(readVerdict(again)).toBe("404 peering_not_found")
    expect(readProblem(again).detail).toContain("was deleted since")
    expect(posts()).toBe(0)
  })

  test("returns the same peering in another process", async () => {
    const first = await desk.create(projectId, requests.AWS)
    const beside = await startTestApp({ beside: desk })
    const again = await beside.create(projectId, requests.AWS)
    expect(again.status).toBe(201)
    expect(again.json()).toMatchObject({ id: Peering.parse(first.json()).id, beginSeen: true })
    await beside.close()
    expect(posts()).toBe(1)
  })
})
