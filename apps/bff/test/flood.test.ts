import { apiUrls, Peering } from "@peering-desk/shared-schemas"
import { afterEach, describe, expect, test } from "vitest"
import { createRateLimits, usualRateLimits } from "#sign-in/rate-limits.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, readProblem, readVerdict, requests } from "#test/support/requests.ts"

let desk: TestApp
afterEach(() => desk.close())

/** Counts the calls to Atlas about the project. */
function countCalls(): number {
  return desk.simulator
    .calls()
    .rows.filter(({ path }) => path.includes(projectId))
    .reduce((sum, row) => sum + row.calls + row.cut + row.refused, 0)
}

describe("one viewer who asks for everything of a project every second", { timeout: 60_000 }, () => {
  test("is answered, and leaves others enough of what Atlas allows the project", async () => {
    desk = await startTestApp()
    const { id } = Peering.parse((await desk.create(projectId, requests.AWS)).json())
    const blocks = Array.from({ length: 30 }, (_, index) => `10.${index}.0.0/16`)
    for (const cidrBlock of blocks)
      await desk.call("POST", apiUrls.accessList(projectId), {
        body: { entry: { cidrBlock, comment: "" }, reason: "To have some" },
      })
    desk.simulator.advance(60)
    const headers = { cookie: await desk.signIn("victor") }
    const before = countCalls()
    for (let second = 0; second < 60; second += 1) {
      const first = (second * 3) % 30
      for (const path of [
        apiUrls.projects(),
        apiUrls.connections({ q: "vpc" }),
        apiUrls.addressSpace({ project: projectId }),
        apiUrls.containers(projectId),
        apiUrls.privateIpMode(projectId),
        apiUrls.accessList(projectId, { status: blocks.slice(first, first + 10) }),
        apiUrls.peerings(projectId),
        apiUrls.peering(projectId, id),
        apiUrls.blastRadius(projectId, id),
        apiUrls.timeline(projectId, id),
        apiUrls.handOffs(projectId, id),
        apiUrls.deletedPeerings(projectId),
        apiUrls.presets(projectId),
      ])
        expect([path, (await desk.call("GET", path, { headers })).status]).toEqual([path, 200])
      desk.clock.advance(1_000)
    }
    // Atlas: 100 a minute and project.
    expect(countCalls() - before).toBeLessThan(80)
  })
})

describe("reading without end", () => {
  const read = async (cookie: string) =>
    await desk.call("GET", apiUrls.installation(), { headers: { cookie } })

  test("is refused by person, with how long to wait; writes, and other people, go on", async () => {
    const limits = createRateLimits({ ...usualRateLimits, readsPerUser: 3 })
    desk = await startTestApp({ persona: null, replace: () => ({ limits }) })
    const [victor, olivia] = [await desk.signIn("victor"), await desk.signIn("olivia")]
    const answers = [await read(victor), await read(victor), await read(victor), await read(victor)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429])
    const problem = readProblem(answers[3]!)
    expect(problem.code).toBe("too_many_requests")
    expect(String(problem.retryAfterSeconds)).toBe(answers[3]?.headers["retry-after"])
    expect((await read(olivia)).status).toBe(200)
    const headers = { cookie: victor }
    const write = await desk.call("DELETE", apiUrls.oneSession("0".repeat(64)), { headers })
    expect(write.status).toBe(404)
  })

  test("is refused by address, whoever it is", async () => {
    const limits = createRateLimits({ ...usualRateLimits, readsPerAddress: 1 })
    desk = await startTestApp({ persona: null, replace: () => ({ limits }) })
    expect((await read(await desk.signIn("victor"))).status).toBe(200)
    expect((await read(await desk.signIn("olivia"))).status).toBe(429)
  })
})

describe("streams", () => {
  const most = 32

  test("are so many for one person, and a place that is left is free again", async () => {
    desk = await startTestApp()
    const cookie = await desk.signIn("victor")
    const open = () => desk.stream([projectId], { cookie })
    const streams = await Promise.all(Array.from({ length: most }, open))
    expect(streams.map(({ status }) => status)).toEqual(streams.map(() => 200))
    const refused = await open()
    await refused.ended
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "30"])
    expect(refused.text()).toContain("too_many_requests")
    expect((await desk.stream([projectId])).status).toBe(200)
    streams[0]?.close()
    await expect.poll(() => desk.services.openStreams.size).toBe(most)
    expect((await open()).status).toBe(200)
  })

  test("failed starts take no place", async () => {
    desk = await startTestApp()
    for (let time = 0; time <= most; time += 1)
      expect((await desk.call("HEAD", apiUrls.events({ projects: [projectId].join(",") }))).status).toBe(200)
    for (let time = 0; time <= most; time += 1)
      expect(
        readVerdict(await desk.call("GET", apiUrls.events({ projects: [].join(",") }))).slice(0, 3),
      ).toBe("400")
    expect((await desk.stream([projectId])).status).toBe(200)
  })
})

describe("limits stand before the question who may", () => {
  const hidden = apiUrls.peerings("a".repeat(24))
  const preflight = apiUrls.preflight("a".repeat(24))

  test.each([
    ["GET", hidden, { readsPerUser: 2 }],
    ["POST", hidden, { writesPerUser: 2 }],
    ["POST", preflight, { questionsPerUser: 2 }],
  ])("%s %s", async (method, path, settings) => {
    const limits = createRateLimits({ ...usualRateLimits, ...settings })
    desk = await startTestApp({ persona: null, replace: () => ({ limits }) })
    const headers = { cookie: await desk.signIn("greta") }
    const statuses: number[] = []
    for (let time = 0; time < 4; time += 1)
      statuses.push(
        (await desk.call(method, path, { headers, body: method === "GET" ? undefined : {} })).status,
      )
    expect(statuses).toEqual([404, 404, 429, 429])
  })
})
