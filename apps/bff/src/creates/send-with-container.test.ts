import { ContainerList, apiUrls, idempotencyKeyHeader, Peering } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { readRows } from "#test/support/audit-log.ts"
import { openTestingDesk, type TestingDesk } from "#test/support/test-app.ts"
import type { Answer } from "#test/support/http.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestingDesk
beforeEach(async () => {
  desk = await openTestingDesk()
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

async function readTrail() {
  const rows = await readRows(desk.services.store)
  return rows
    .filter(({ action }) => action.endsWith("-create"))
    .map(({ action, kind, outcome, reason: why }) => [action, kind, outcome, why])
}

function failPost(path: string, fault: object): void {
  desk.simulator.addFault({ match: { method: "POST", path }, fault, times: 1 })
}

/** Lets the time pass that the server takes to look for what an answer was lost of. */
async function passLookUps(answer: Promise<Answer>): Promise<Answer> {
  for (const delayMs of [1_000, 3_000]) {
    await desk.clock.untilWaiting(delayMs)
    desk.clock.advance(delayMs)
  }
  return await answer
}

describe("a create with a new container", () => {
  test("makes it and then the connection to it, each with its audit rows and the one reason", async () => {
    const answer = await send()
    expect(answer.status).toBe(201)
    const [container] = await findContainers()
    expect(Peering.parse(answer.json()).peer).toMatchObject({
      containerId: container?.id,
      vpcId: request.vpcId,
    })
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
    expect(await readTrail()).toEqual([
      ["container-create", "attempt", null, reason],
      ["container-create", "outcome", "done", reason],
      ["peering-create", "attempt", null, reason],
      ["peering-create", "outcome", "done", reason],
    ])
  })

  test("under one key makes one of each, however often it is asked for", async () => {
    const answers = await Promise.all([send(), send(), send()])
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const again = await send()
    expect(again.json()).toEqual(answers.find(({ status }) => status === 201)?.json())
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
  })

  test("of which Atlas refuses the container makes nothing, and the key may be used again", async () => {
    failPost("/containers", { status: 402 })
    expect(readVerdict(await send())).toBe("422 atlas_refused")
    expect(peerPosts()).toBe(0)
    expect(await readTrail()).toEqual([
      ["container-create", "attempt", null, reason],
      ["container-create", "outcome", "refused", reason],
    ])
    expect((await send()).status).toBe(201)
    expect(await findContainers()).toHaveLength(1)
  })

  test("of which Atlas refuses the connection says what was made, and goes on with it under the same key", async () => {
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
    "whose container Atlas makes with another %s asks for no connection",
    async (_what, other, asked, got) => {
      const body = { ...newContainer, id: "64b1f0a27c3d5e4f8a9b0d00", provisioned: false, ...other }
      failPost("/containers", { status: 201, body })
      const problem = readProblem(await send())
      expect(problem).toMatchObject({ code: "plan_changed", made: { id: body.id } })
      expect(problem.detail).toContain(`${asked}, and made one with ${got}`)
      expect(peerPosts()).toBe(0)
    },
  )

  test("whose container's answer is lost looks it up and goes on [C15]", async () => {
    failPost("/containers", { cut: "after" })
    expect((await send()).status).toBe(201)
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
    expect((await readTrail()).slice(0, 3).map(([, , outcome]) => outcome)).toEqual([null, "unknown", "done"])
  })

  test("whose container's request is lost asks for no connection; asked again it makes both", async () => {
    failPost("/containers", { cut: "before" })
    const answer = await passLookUps(send())
    expect(readVerdict(answer)).toBe("504 outcome_unknown")
    expect(readProblem(answer).detail).toContain("No connection was asked for")
    expect(peerPosts()).toBe(0)
    expect((await send()).status).toBe(201)
    expect(await findContainers()).toHaveLength(1)
  })

  test("whose connection's answer is lost is found by the container's own id", async () => {
    failPost("/peers", { cut: "after" })
    expect((await send()).status).toBe(201)
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
  })

  test("after a crash in between finds the container and goes on under the same key", async () => {
    const crashing = await openTestingDesk({
      beside: desk,
      replace: ({ intents }) => {
        const never = () => new Promise<never>(() => {})
        const dying = new Proxy(intents, {
          get(target, name) {
            if (name === "noteContainer" || name === "settle") return never
            const part: unknown = Reflect.get(target, name)
            return typeof part === "function" ? part.bind(target) : part
          },
        })
        return { intents: dying }
      },
    })
    void crashing
      .call("POST", apiUrls.peerings(projectId), {
        body: { request, newContainer, reason },
        headers: { [idempotencyKeyHeader]: "a-key-made-once-per-form" },
      })
      .catch(() => null)
    await expect.poll(containerPosts, { timeout: 20_000 }).toBe(1)
    await expect.poll(async () => (await readTrail()).length, { timeout: 20_000 }).toBe(2)
    await crashing.close()

    expect(readVerdict(await send())).toBe("409 still_running")
    desk.clock.advance(20_000)
    // It is looked for once more, and known then not to have been sent.
    expect(readVerdict(await passLookUps(send()))).toBe("504 outcome_unknown")
    expect((await send()).status).toBe(201)
    expect([containerPosts(), peerPosts()]).toEqual([1, 1])
    expect(await findContainers()).toHaveLength(1)
  })

  test("where there is one for that region already is refused before anything is sent [C1]", async () => {
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
