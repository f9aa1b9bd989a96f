import { ContainerList, apiUrls, idempotencyKeyHeader, Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { readRows } from "#test/support/audit-log.ts"
import { passLookUps } from "#test/support/changes.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(() => desk.close())

const request = { ...requests.AWS, containerId: "new" }
const newContainer = { providerName: "AWS", atlasCidrBlock: "10.200.0.0/21", regionName: "EU_WEST_1" }
const reason = "Orders move to Ireland"

const send = (key = "a-key-made-once-per-form", body: object = { request, newContainer, reason }) =>
  desk.call("POST", apiUrls.peerings(projectId), { body, headers: { [idempotencyKeyHeader]: key } })

const containerPosts = () => desk.asked("POST", "/containers")
const peerPosts = () => desk.asked("POST", "/peers")

async function findContainers() {
  const { containers } = ContainerList.parse((await desk.call("GET", apiUrls.containers(projectId))).json())
  return containers.filter(({ atlasCidrBlock }) => atlasCidrBlock === newContainer.atlasCidrBlock)
}

async function readCreateRows() {
  const rows = await readRows(desk.services.store)
  return rows
    .filter(({ action }) => action.endsWith("-create"))
    .map(({ action, kind, outcome, reason: why }) => [action, kind, outcome, why])
}

function failPost(path: string, fault: object): void {
  desk.simulator.addFault({ match: { method: "POST", path }, fault, times: 1 })
}

describe("POST /peerings with a new container", () => {
  test("creates the container, then the peering, each with its audit rows and the same reason", async () => {
    const answer = await send()
    expect(answer.status).toBe(201)
    const [container] = await findContainers()
    expect(Peering.parse(answer.json()).peer).toMatchObject({
      containerId: container?.id,
      vpcId: request.vpcId,
    })
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
    expect(await readCreateRows()).toEqual([
      ["container-create", "attempt", null, reason],
      ["container-create", "outcome", "done", reason],
      ["peering-create", "attempt", null, reason],
      ["peering-create", "outcome", "done", reason],
    ])
  })

  test("creates one of each per key, however often it is sent", async () => {
    const answers = await Promise.all([send(), send(), send()])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const again = await send()
    expect(again.json()).toEqual(answers.find(({ status }) => status === 201)?.json())
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
  })

  test("creates nothing when Atlas refuses the container, and the key may be used again", async () => {
    failPost("/containers", { status: 402 })
    expect(readVerdict(await send())).toBe("422 atlas_refused")
    expect(peerPosts()).toBe(0)
    expect(await readCreateRows()).toEqual([
      ["container-create", "attempt", null, reason],
      ["container-create", "outcome", "refused", reason],
    ])
    expect((await send()).status).toBe(201)
    expect(await findContainers()).toHaveLength(1)
  })

  test("returns the new container when Atlas refuses the peering, and continues with it under the same key", async () => {
    failPost("/peers", { status: 402 })
    const refused = await send()
    expect(readVerdict(refused)).toBe("422 atlas_refused")
    const [container] = await findContainers()
    expect(readProblem(refused).made).toEqual(container)
    expect((await send()).status).toBe(201)
    expect([containerPosts(), peerPosts()]).toEqual([1, 2])
  })

  test.each([
    ["block", { atlasCidrBlock: "192.168.248.0/21" }, "10.200.0.0/21", "192.168.248.0/21"],
    ["region", { regionName: "EU_WEST_2" }, "EU_WEST_1", "EU_WEST_2"],
  ])(
    "sends no peering when Atlas creates the container with another %s",
    async (_what, other, asked, got) => {
      const body = { ...newContainer, id: "64b1f0a27c3d5e4f8a9b0d00", provisioned: false, ...other }
      failPost("/containers", { status: 201, body })
      const problem = readProblem(await send())
      expect(problem).toMatchObject({ code: "plan_changed", made: { id: body.id } })
      expect(problem.detail).toContain(`${asked}, but Atlas created one with ${got}`)
      expect(peerPosts()).toBe(0)
    },
  )

  test("looks the container up when its answer is lost, and continues [C15]", async () => {
    failPost("/containers", { cut: "after" })
    expect((await send()).status).toBe(201)
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
    expect((await readCreateRows()).slice(0, 3).map(([, , outcome]) => outcome)).toEqual([
      null,
      "unknown",
      "done",
    ])
  })

  test("sends no peering when the container's request is lost, and creates both when sent again", async () => {
    failPost("/containers", { cut: "before" })
    const answer = await passLookUps(desk, send())
    expect(readVerdict(answer)).toBe("504 outcome_unknown")
    expect(readProblem(answer).detail).toContain("No connection was requested")
    expect(peerPosts()).toBe(0)
    expect((await send()).status).toBe(201)
    expect(await findContainers()).toHaveLength(1)
  })

  test("finds the peering by the container's id when its answer is lost", async () => {
    failPost("/peers", { cut: "after" })
    expect((await send()).status).toBe(201)
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
  })

  test("finds the container after a crash in between, and continues under the same key", async () => {
    const crashing = await startTestApp({
      beside: desk,
      replace({ changes }) {
        const run = changes.run.bind(changes)
        changes.run = async (...given) => {
          await run(...given)
          return await new Promise<never>(() => {})
        }
        return {}
      },
    })
    void crashing
      .call("POST", apiUrls.peerings(projectId), {
        body: { request, newContainer, reason },
        headers: { [idempotencyKeyHeader]: "a-key-made-once-per-form" },
      })
      .catch(() => null)
    await expect.poll(containerPosts, { timeout: 20_000 }).toBe(1)
    await expect.poll(async () => (await readCreateRows()).length, { timeout: 20_000 }).toBe(2)
    await crashing.close()

    expect(readVerdict(await send())).toBe("409 still_running")
    desk.clock.advance(20_000)
    // The lookup shows that it was not sent.
    expect(readVerdict(await passLookUps(desk, send()))).toBe("504 outcome_unknown")
    expect((await send()).status).toBe(201)
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
    expect(await findContainers()).toHaveLength(1)
  })

  test("is refused before anything is sent when the region has a container [C1]", async () => {
    await send()
    const next = { request: { ...request, vpcId: "vpc-0ffffffffffffffff" }, newContainer, reason }
    const refused = await send("another-key-of-another-form", next)
    expect(readVerdict(refused)).toBe("422 preflight_refused")
    expect(readProblem(refused).preflight?.verdict.checks.map(({ errorCode }) => errorCode)).toContain(
      "CONTAINER_ALREADY_EXISTS",
    )
    expect(containerPosts()).toBe(1)
  })
})
