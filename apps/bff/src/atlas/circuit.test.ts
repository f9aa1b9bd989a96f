import { afterEach, expect, test } from "vitest"
import { createDeskClock } from "#test/support/test-app-clock.ts"
import { awsRequest, createLoggedClient, problemOf, projectId } from "#test/support/atlas.ts"
import {
  respondError,
  respondJson,
  startDigestServer,
  type DigestServer,
} from "#test/support/digest-server.ts"

let server: DigestServer
afterEach(() => server.close())

/** A client of a server that fails while `isDown` says so of a request's address. */
async function start(isDown: (url: string) => boolean) {
  server = await startDigestServer({
    intercept({ url }, response) {
      if (isDown(url)) respondError(response, 503, "")
      return isDown(url)
    },
    handle: (_request, response) => respondJson(response, 200, { id: "x", results: [] }),
  })
  const clock = createDeskClock()
  let recovered = 0
  const { client, lines } = createLoggedClient(server.origin, { clock, onRecovered: () => (recovered += 1) })
  const list = () => client.listPeers(projectId, "AWS")
  return { client, clock, lines, list, recovered: () => recovered }
}

const countProbes = () => server.requests.filter(({ headers }) => headers.accept === "*/*").length

async function failOften(call: () => Promise<unknown>, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) expect((await problemOf(call())).code).toBe("atlas_failed")
}

test("calls fail without a request after five failures and a failed probe, and a create says that nothing was sent", async () => {
  const { client, list, lines } = await start(() => true)
  await failOften(list, 5)
  await expect.poll(() => server.requests.length).toBe(6)
  expect(lines.map((line) => JSON.parse(line) as unknown)).toContainEqual(
    expect.objectContaining({
      msg: "Atlas does not answer; calls wait until it does",
      err: expect.objectContaining({ shown: { atlas: expect.objectContaining({ status: 503 }) } }),
    }),
  )
  expect(server.requests.at(-1)).toMatchObject({ url: "/api/atlas/v1.0", headers: { accept: "*/*" } })
  const refused = await problemOf(list())
  expect([refused.code, refused.shown.atlas?.status]).toEqual(["atlas_failed", 503])
  expect((await problemOf(client.createPeer(projectId, awsRequest))).code).toBe("atlas_unreachable")
  expect(server.requests).toHaveLength(6)
})

test("an open circuit sends one probe every five seconds, and its first answer closes it for all", async () => {
  let down = true
  const { clock, list, recovered } = await start(() => down)
  await failOften(list, 5)
  for (let probes = 1; probes <= 3; probes += 1) {
    await expect.poll(() => server.requests.length).toBe(5 + probes)
    await expect.poll(() => clock.waiting()).toEqual([5_000])
    await failOften(list, 2)
    clock.advance(5_000)
  }
  await expect.poll(() => clock.waiting()).toEqual([5_000])
  down = false
  clock.advance(5_000)
  await expect.poll(recovered).toBe(1)
  expect(await list()).toEqual([])
  expect(clock.waiting()).toEqual([])
})

test("calls go on while a probe is answered: only some of them fail", async () => {
  const { clock, list, recovered } = await start((url) => url.includes("/peers"))
  for (let probes = 1; probes <= 2; probes += 1) {
    await failOften(list, 6)
    await expect.poll(countProbes).toBeGreaterThanOrEqual(probes)
    await expect.poll(() => clock.waiting()).toEqual([])
  }
  expect(server.requests.filter(({ url }) => url.includes("/peers"))).toHaveLength(12)
  expect(recovered()).toBe(0)
})

test("ten seconds of failures suffice, and an answer between two of them starts the count again", async () => {
  let down = true
  const { clock, list } = await start(() => down)
  await failOften(list, 1)
  clock.advance(9_999)
  down = false
  expect(await list()).toEqual([])
  down = true
  await failOften(list, 1)
  expect(countProbes()).toBe(0)
  clock.advance(10_000)
  await failOften(list, 1)
  await expect.poll(countProbes).toBe(1)
})

test("the outage of a key that nobody uses any more is given up after two minutes", async () => {
  const { clock, list } = await start(() => true)
  await failOften(list, 5)
  for (let probes = 1; probes <= 26; probes += 1) {
    await expect.poll(() => server.requests.length).toBe(5 + probes)
    await expect.poll(() => clock.waiting()).toEqual(probes < 26 ? [5_000] : [])
    clock.advance(5_000)
  }
  expect(server.requests).toHaveLength(31)
})
