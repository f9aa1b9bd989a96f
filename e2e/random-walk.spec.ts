import { cloudSideActs } from "@peering-desk/atlas-simulator"
import type { Page } from "@playwright/test"
import fc from "fast-check"
import type { RunningApp } from "./running-app.ts"
import { expect, projects, test } from "./scenario.ts"

const clouds = ["AWS", "GCP", "AZURE"]

/** An event outside the browser, or a fault on the way to it. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("wait" as const), seconds: fc.nat(600) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("act" as const),
      which: fc.nat(),
      act: fc.constantFrom(...cloudSideActs),
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

/** The state of the peering that a row draws for each of Atlas's states. */
const drawn: Record<string, string> = {
  INITIATING: "in-progress",
  PENDING_ACCEPTANCE: "waiting",
  FINALIZING: "in-progress",
  ADDING_PEER: "in-progress",
  WAITING_FOR_USER: "waiting",
  AVAILABLE: "proven",
  FAILED: "broken",
  TERMINATING: "later",
  DELETING: "later",
}

const listOf = (cloud: string) => ({
  method: "GET",
  path: `/${projects.payments}/peers?providerName=${cloud}`,
})

async function take(one: Step, page: Page, app: RunningApp): Promise<void> {
  const peers = app.simulator.peers(projects.payments)
  switch (one.kind) {
    case "wait":
      return app.simulator.advance(one.seconds)
    case "act": {
      const peer = peers[one.which % peers.length]
      // What makes no sense now is not done.
      if (peer?.acts.includes(one.act)) app.simulator.cloudSide(peer.id, one.act)
      return
    }
    case "delete": {
      const peer = peers[one.which % peers.length]
      const url = `${app.url}/api/projects/${projects.payments}/peerings/${peer?.id}`
      const { name } = (await (await page.request.get(`${url}/blast-radius`)).json()) as { name?: string }
      const headers = { "x-peering-desk": "1", origin: app.url }
      await page.request.delete(url, { headers, data: { reason: "A walk", name } })
      return
    }
    case "fault":
      return app.simulator.addFault({ match: listOf(one.cloud), fault: one.fault, times: 2 })
    case "strange": {
      const results = peers
        .filter(({ providerName }) => providerName === "AWS")
        .map(({ id }) => ({ id, statusName: one.statusName, inventedIn: 2031 }))
      const fault = { status: 200, body: { results, totalCount: results.length } }
      return app.simulator.addFault({ match: listOf("AWS"), fault, times: 1 })
    }
    case "restart":
      await app.stopServer()
      return await app.startServer()
  }
}

/** Returns the state of the peering that each row draws, by connection id. Access list and cluster follow it. */
function readRows(page: Page): Promise<Record<string, string>> {
  return page.locator("tbody tr").evaluateAll((rows) =>
    Object.fromEntries(
      rows.map((row) => {
        const id = row.querySelector("a")?.pathname.split("/").at(-1) ?? ""
        const stops = [...row.querySelectorAll("svg [data-state]")]
        return [id, stops.at(-3)?.getAttribute("data-state") ?? ""]
      }),
    ),
  )
}

test("the list ends in the state of Atlas after random actions, faults and restarts, without a reload", async ({
  page,
  app,
}, info) => {
  const seed = Date.now()
  info.annotations.push({ type: "seed", description: String(seed) })
  const [steps = []] = fc.sample(fc.array(step, { minLength: 40, maxLength: 40 }), { seed, numRuns: 1 })
  await page.goto(`${app.url}/projects/${projects.payments}/connections`)
  await expect(page.getByText("Live", { exact: true })).toBeVisible()

  for (const one of steps) await take(one, page, app)
  app.simulator.clearFaults()
  // Long enough for every change to finish and for a working connection to be polled.
  app.simulator.advance(3_600)

  const real = Object.fromEntries(
    app.simulator.peers(projects.payments).map(({ id, status }) => [id, drawn[status] ?? status]),
  )
  await expect.poll(() => readRows(page), { timeout: 120_000 }).toEqual(real)
})
