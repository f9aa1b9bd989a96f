import { request } from "node:http"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { actOnCloudSide, cloudSideActs, listActs, type CloudSideAct } from "./cloud-side.ts"
import { defaultDurations } from "#world/durations.ts"
import { buildWorld } from "#world/scenarios.ts"
import type { Peer } from "#world/world.ts"
import { startTestSimulator, testStart, type TestSimulator } from "#testing-simulator.ts"

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator()
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

it("the control API answers 403 to another host name", async () => {
  const status = await new Promise((resolve, reject) => {
    const { port } = new URL(atlas.origin)
    request({ port, path: "/simulator/state", headers: { Host: "evil.example" } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on("error", reject)
      .end()
  })
  expect(status).toBe(403)
})

describe("the acts of a peer", () => {
  const durations = defaultDurations
  const peers = buildWorld({ scenario: "crowded", seed: "acts", now: testStart, durations }).projects.flatMap(
    (project) => project.peers,
  )

  const isPossible = (peer: Peer, act: CloudSideAct) => {
    try {
      actOnCloudSide(structuredClone(peer), act, testStart, durations)
      return true
    } catch {
      return false
    }
  }

  it("are all that succeed, in every status", () => {
    const offered = new Set<string>()
    for (const peer of peers) {
      const possible = cloudSideActs.filter((act) => isPossible(peer, act))
      expect(listActs(peer)).toEqual(possible)
      for (const act of possible) offered.add(act)
    }
    expect([...offered].toSorted()).toEqual([...cloudSideActs].toSorted())
  })

  it("exclude a second reciprocal peering", () => {
    const peer = structuredClone(peers.find((one) => one.status === "WAITING_FOR_USER")!)
    expect(listActs(peer)).toEqual(["create-reciprocal", "delete-network"])
    actOnCloudSide(peer, "create-reciprocal", testStart, durations)
    expect(listActs(peer)).toEqual(["delete-network"])
  })

  it("are part of the peer's state", () => {
    const waiting = atlas.simulator
      .state()
      .projects.flatMap((project) => project.peers)
      .find(({ status }) => status === "PENDING_ACCEPTANCE")
    expect(waiting?.acts).toEqual(["accept", "reject", "expire", "delete-network"])
  })
})
