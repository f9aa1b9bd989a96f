import { readFileSync, readdirSync } from "node:fs"
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

const folder = new URL("page/", import.meta.url)
const get = (path: string) => fetch(`${atlas.origin}${path}`)

/** Lists the files that a page or a module names. */
const namesIn = (text: string) =>
  [...text.matchAll(/(?:src|href)="([^"]+)"|from "\.(\/[^"]+)"/g)].map(
    ([, link, part]) => link ?? `/simulator${part ?? ""}`,
  )

describe("the cloud console", () => {
  it("loads only its own files", async () => {
    const page = await get("/simulator")
    expect(page.status).toBe(200)
    expect(page.headers.get("Content-Type")).toMatch(/^text\/html/)
    const policy = page.headers.get("Content-Security-Policy")
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy?.split("; ")).toContain(part)
    }
    const html = await page.text()
    expect(html).toContain("<title>Simulated cloud console</title>")
    expect(html).toContain("This is not MongoDB Atlas")
    expect(html).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=/)
  })

  it("serves every file that it needs, and no other", async () => {
    const needed = new Set(namesIn(await (await get("/simulator")).text()))
    for (const path of needed) {
      const file = await get(path)
      expect([path, file.status]).toEqual([path, 200])
      expect(file.headers.get("Content-Type")).toMatch(/^text\/(javascript|css)/)
      for (const name of namesIn(await file.text())) needed.add(name)
    }
    const kept = readdirSync(folder).filter((name) => name !== "index.html")
    expect([...needed].toSorted()).toEqual(kept.map((name) => `/simulator/${name}`).toSorted())
    expect((await get("/simulator/index.html")).status).toBe(404)
    expect((await get("/simulator/..%2fmain.ts")).status).toBe(404)
  })

  it("answers 403 to another host name", async () => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(atlas.origin)
      request({ port, path: "/simulator", headers: { Host: "evil.example" } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on("error", reject)
        .end()
    })
    expect(status).toBe(403)
  })

  it("has texts for every act", () => {
    const words = readFileSync(new URL("wording.js", folder), "utf8")
    for (const act of cloudSideActs) expect(words.match(new RegExp(`^  "?${act}"?: "`, "gm"))).toHaveLength(2)
  })
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

  it("are those that succeed, in every status", () => {
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
