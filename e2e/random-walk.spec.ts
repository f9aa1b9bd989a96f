import type { Page } from "@playwright/test"
import fc from "fast-check"
import type { RunningDesk } from "./running-desk.ts"
import { expect, projects, test } from "./story.ts"

const acts = ["accept", "reject", "expire", "create-reciprocal", "revoke-permission", "delete-network"]
const clouds = ["AWS", "GCP", "AZURE"]

/** One thing that may happen outside the browser, or to what it hears of it. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("wait" as const), seconds: fc.nat(600) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("act" as const),
      which: fc.nat(),
      act: fc.constantFrom(...acts),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), which: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      cloud: fc.constantFrom(...clouds),
      fault: fc.constantFrom({ status: 500 }, { cut: "before" }, { cut: "during" }, { status: 403 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("strange" as const),
      statusName: fc.constantFrom("ON_A_BREAK", ""),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** What a row has to say of each of Atlas's states. */
const words: Record<string, string> = {
  INITIATING: "Atlas is working",
  PENDING_ACCEPTANCE: "Your turn",
  FINALIZING: "Atlas is working",
  ADDING_PEER: "Atlas is working",
  WAITING_FOR_USER: "Your turn",
  AVAILABLE: "Available",
  FAILED: "Failed",
  TERMINATING: "Being removed",
  DELETING: "Being removed",
}

const listOf = (cloud: string) => ({
  method: "GET",
  path: `/${projects.payments}/peers?providerName=${cloud}`,
})

async function take(one: Step, page: Page, desk: RunningDesk): Promise<void> {
  const peers = await desk.simulator.peers(projects.payments)
  switch (one.kind) {
    case "wait":
      return await desk.simulator.advance(one.seconds)
    case "act": {
      // What makes no sense now is refused, and nothing happens.
      const peer = peers[one.which % peers.length]
      return await desk.simulator.act(peer?.id ?? "", one.act).catch(() => {})
    }
    case "delete": {
      const peer = peers[one.which % peers.length]
      const url = `${desk.url}/api/projects/${projects.payments}/peerings/${peer?.id}`
      const { name } = (await (await page.request.get(`${url}/blast-radius`)).json()) as { name?: string }
      const headers = { "x-peering-desk": "1", origin: desk.url }
      await page.request.delete(url, { headers, data: { reason: "A walk", name } })
      return
    }
    case "fault":
      return await desk.simulator.addFault({ match: listOf(one.cloud), fault: one.fault, times: 2 })
    case "strange": {
      const results = peers
        .filter(({ providerName }) => providerName === "AWS")
        .map(({ id }) => ({ id, statusName: one.statusName, inventedIn: 2031 }))
      const fault = { status: 200, body: { results, totalCount: results.length } }
      return await desk.simulator.addFault({ match: listOf("AWS"), fault, times: 1 })
    }
    case "restart":
      await desk.stopServer()
      return await desk.startServer()
  }
}

/** What each row says of its connection, by the connection's id. */
function readRows(page: Page): Promise<Record<string, string>> {
  return page.locator("tbody tr").evaluateAll((rows) =>
    Object.fromEntries(
      rows.map((row) => {
        const id = row.querySelector("a")?.pathname.split("/").at(-1) ?? ""
        return [id, row.querySelector("td:nth-of-type(3)")?.textContent ?? ""]
      }),
    ),
  )
}

test("whatever happens, the list ends where Atlas is, without a reload", async ({ page, desk }, info) => {
  const seed = Date.now()
  info.annotations.push({ type: "seed", description: String(seed) })
  const [steps = []] = fc.sample(fc.array(step, { minLength: 40, maxLength: 40 }), { seed, numRuns: 1 })
  await page.goto(`${desk.url}/projects/${projects.payments}/connections`)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()

  for (const one of steps) await take(one, page, desk)
  await desk.simulator.clearFaults()
  // So long that nothing is on its way any more, and what works is looked at once a minute.
  await desk.simulator.advance(3_600)

  const real = Object.fromEntries(
    (await desk.simulator.peers(projects.payments)).map(({ id, status }) => [id, words[status] ?? status]),
  )
  await expect.poll(() => readRows(page), { timeout: 120_000 }).toEqual(real)
})
