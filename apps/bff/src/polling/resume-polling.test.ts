import { seededIds } from "@peering-desk/atlas-simulator"
import { apiUrls, Peering, type ProviderName } from "@peering-desk/shared-schemas"
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest"
import { PeeringStore } from "./peering-store.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"
import { projectId, requests } from "#test/support/requests.ts"
import { storePeerings } from "#test/support/store-peerings.ts"
import { resumePolling } from "./resume-polling.ts"

const minuteMs = 60_000
let desk: TestApp
const later: TestApp[] = []
beforeEach(async () => {
  desk = await startTestApp()
})
afterEach(async () => {
  for (const one of later.splice(0)) await one.close()
  await desk.close()
})

/** Starts another process on the same data, without viewers. */
async function restart(replace: (services: TestApp["services"]) => void = () => {}): Promise<TestApp> {
  desk.services.pollers.stop()
  const next = await startTestApp({
    beside: desk,
    replace(services) {
      replace(services)
      return {}
    },
  })
  later.push(next)
  return next
}

async function create(cloud: ProviderName): Promise<string> {
  return Peering.parse((await desk.create(projectId, requests[cloud])).json()).id
}

const historyOf = ({ services }: TestApp, id: string) =>
  services.pollers.live.find(projectId, id)?.history.map(({ status }) => status)

describe("resumePolling", () => {
  test("continues the history of a moving peering without viewers", async () => {
    const id = await create("AWS")
    const next = await restart()
    desk.simulator.advance(20)
    await resumePolling(next.services)
    expect(historyOf(next, id)).toEqual(["INITIATING", "PENDING_ACCEPTANCE"])
    expect(next.clock.waiting()).toEqual([30_000])
    desk.simulator.cloudSide(id, "accept")
    desk.clock.advance(30_000)
    await expect.poll(() => historyOf(next, id)).toContain("FINALIZING")
  })

  test("notices without viewers that a peering failed", async () => {
    const id = await create("AZURE")
    desk.simulator.advance(60)
    await desk.call("GET", apiUrls.peerings(projectId))
    const next = await restart()
    await resumePolling(next.services)
    expect(next.clock.waiting()).toEqual([minuteMs])
    desk.simulator.cloudSide(id, "revoke-permission")
    desk.clock.advance(minuteMs)
    await expect.poll(() => historyOf(next, id)).toContain("FAILED")
  })

  test("polls only clouds with stored peerings that are not gone", async () => {
    await create("AWS")
    desk.simulator.reset()
    desk.clock.advance(minuteMs)
    await expect.poll(() => new PeeringStore(desk.services.store).listProjects()).toEqual([])
    await desk.call("GET", apiUrls.peerings(seededIds.analytics))
    const polls: string[] = []
    const next = await restart(({ atlas }) => recordPolls(atlas, polls))
    await resumePolling(next.services)
    const clouds = new Set(
      desk.services.pollers.live.list(seededIds.analytics).peerings.map(({ peer }) => peer.providerName),
    )
    expect(polls.toSorted()).toEqual([...clouds].map((cloud) => `${seededIds.analytics} ${cloud}`).toSorted())
  })

  test("polls 200 projects 20 at once, moving ones first, then waiting ones", async () => {
    const statuses = ["AVAILABLE", "PENDING_ACCEPTANCE", "INITIATING", "FAILED"]
    const projects = Array.from({ length: 200 }, (_, index) => ({
      id: index.toString(16).padStart(24, "0"),
      status: statuses[index % statuses.length] ?? "",
    }))
    await storePeerings(
      desk.services.store,
      projects.map(({ id, status }) => toStored(id, status)),
    )
    const polls: string[] = []
    const counted = { now: 0, most: 0 }
    const next = await restart(({ atlas }) => recordPolls(atlas, polls, counted))
    await resumePolling(next.services)
    const statusOf = new Map(projects.map(({ id, status }) => [`${id} AWS`, status]))
    const asked = polls.map((poll) => statusOf.get(poll))
    expect(asked.slice(0, 100)).toEqual([
      ...Array.from({ length: 50 }, () => "INITIATING"),
      ...Array.from({ length: 50 }, () => "PENDING_ACCEPTANCE"),
    ])
    expect(asked).toHaveLength(200)
    expect(counted.most).toBe(20)
  })

  test("tries again when the database can't be read", async () => {
    const id = await create("AWS")
    const next = await restart()
    vi.spyOn(next.services.peeringStore, "listProjects").mockRejectedValueOnce(new Error("it is away"))
    await resumePolling(next.services)
    expect(historyOf(next, id)).toBeUndefined()
    desk.clock.advance(5_000)
    await expect.poll(() => historyOf(next, id)).toEqual(["INITIATING"])
  })
})

function recordPolls(
  atlas: TestApp["services"]["atlas"],
  polls: string[],
  counted = { now: 0, most: 0 },
): void {
  const whole = { ...atlas }
  const listPeers: typeof atlas.listPeers = async (id, cloud) => {
    polls.push(`${id} ${cloud}`)
    counted.now += 1
    counted.most = Math.max(counted.most, counted.now)
    try {
      return await whole.listPeers(id, cloud)
    } finally {
      counted.now -= 1
    }
  }
  Object.assign(atlas, { listPeers })
}

function toStored(id: string, status: string) {
  const raw = { id, statusName: status, containerId: id, vpcId: "vpc-0a1b2c3d4e5f60718" }
  return { projectId: id, providerName: "AWS" as const, id, raw }
}
