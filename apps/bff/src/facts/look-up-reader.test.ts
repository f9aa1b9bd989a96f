import { monitorEventLoopDelay } from "node:perf_hooks"
import type { AwsPeer } from "@peering-desk/shared-schemas"
import { expect, test } from "vitest"
import { systemClock } from "#base/clock.ts"
import { createLogger } from "#base/logger.ts"
import { createTestingClock } from "#test/support/test-clock.ts"
import { LookUpReader } from "./look-up-reader.ts"

const vpcId = "vpc-0a1b2c3d4e5f60718"
const awsAccountId = "482913570264"
const own: AwsPeer = { providerName: "AWS", id: "1", containerId: "2", awsAccountId, vpcId }
const logger = createLogger("silent")

/** Prints tables of 50 routes each. */
function printTables(count: number): string {
  const Routes = Array.from({ length: 50 }, (_, at) => ({
    DestinationCidrBlock: `172.16.${at}.0/24`,
    GatewayId: "local",
    Origin: "CreateRouteTable",
    State: "active",
  }))
  const tables = Array.from({ length: count }, (_, at) => ({
    RouteTableId: `rtb-${at}`,
    VpcId: vpcId,
    OwnerId: awsAccountId,
    Associations: [],
    Routes,
  }))
  return JSON.stringify({ RouteTables: tables })
}

test("a look-up of megabytes is read in a thread, and its reading holds up no request", async () => {
  const lookUps = new LookUpReader({ clock: systemClock, logger })
  const text = printTables(800)
  expect(text.length).toBeGreaterThan(4_000_000)
  await lookUps.read({ text: printTables(20), own, now: Date.now() })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const began = performance.now()
  const facts = await lookUps.read({ text, own, now: Date.now() })
  const tookMs = performance.now() - began
  delay.disable()
  expect(facts.routeTables?.value.length).toBe(800)
  expect(delay.max / 1e6 / tookMs).toBeLessThan(0.5)
})

test("a long text of another network is refused as a short one is", async () => {
  const lookUps = new LookUpReader({ clock: systemClock, logger })
  const asked = { own: { ...own, vpcId: "vpc-0ffffffffffffffff" }, now: Date.now() }
  for (const count of [1, 20])
    await expect(lookUps.read({ ...asked, text: printTables(count) })).rejects.toMatchObject({
      code: "facts_of_another_network",
    })
})

test("a text that keeps the thread too long is refused, and the next one is read", async () => {
  const clock = createTestingClock()
  const file = new URL("../../test/support/question-thread.ts", import.meta.url)
  const lookUps = new LookUpReader({ clock, logger, file })
  const reading = Promise.allSettled([lookUps.read({ text: printTables(20), own, now: Date.now() })])
  clock.advance(20_000)
  expect(await reading).toMatchObject([{ status: "rejected", reason: { code: "facts_unreadable" } }])
  const { routeTables } = await lookUps.read({ text: printTables(1), own, now: Date.now() })
  expect(routeTables?.value.length).toBe(1)
})
