import { readFileSync, readdirSync } from "node:fs"
import { request } from "node:http"

import { afterEach, beforeEach, describe, expect, it } from "vitest"

import { actOnCloudSide, cloudSideActs, listActs } from "./cloud-side.ts"
import { defaultDurations } from "#world/durations.ts"
import { plantWorld } from "#world/scenarios.ts"
import type { TestSimulator } from "#testing-simulator.ts"
import { startTestSimulator, testStart } from "#testing-simulator.ts"

let started: TestSimulator
beforeEach(async () => {
  started = await startTestSimulator()
})
afterEach(() => started.simulator.close())

const folder = new URL("page/", import.meta.url)
const get = (path: string) => fetch(`${started.origin}${path}`)

/** The files a page or a module asks for by name. */
const namesIn = (text: string) =>
  [...text.matchAll(/(?:src|href)="([^"]+)"|from "\.(\/[^"]+)"/g)].map(
    ([, link, part]) => link ?? `/simulator${part ?? ""}`,
  )

describe("the cloud console", () => {
  it("is a page that loads nothing but its own files", async () => {
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

  it("is for this machine alone", async () => {
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(started.origin)
      request({ port, path: "/simulator", headers: { Host: "evil.example" } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on("error", reject)
        .end()
    })
    expect(status).toBe(403)
  })

  it("has words for every act", () => {
    const words = readFileSync(new URL("wording.js", folder), "utf8")
    for (const act of cloudSideActs) expect(words.match(new RegExp(`^  "?${act}"?: "`, "gm"))).toHaveLength(2)
  })
})

describe("the acts that are offered", () => {
  const durations = defaultDurations
  const peers = plantWorld({ scenario: "crowded", seed: "acts", now: testStart, durations }).projects.flatMap(
    (project) => project.peers,
  )

  it("are those that can be done, whatever the state", () => {
    const offered = new Set<string>()
    for (const peer of peers) {
      const possible = cloudSideActs.filter(
        (act) => actOnCloudSide(structuredClone(peer), act, testStart, durations) === null,
      )
      expect(listActs(peer)).toEqual(possible)
      for (const act of possible) offered.add(act)
    }
    expect([...offered].toSorted()).toEqual([...cloudSideActs].toSorted())
  })

  it("do not hold a second reciprocal peering", () => {
    const peer = structuredClone(peers.find((one) => one.status === "WAITING_FOR_USER")!)
    expect(listActs(peer)).toEqual(["create-reciprocal", "delete-network"])
    actOnCloudSide(peer, "create-reciprocal", testStart, durations)
    expect(listActs(peer)).toEqual(["delete-network"])
  })

  it("are told with the state of each peer", () => {
    const waiting = started.simulator
      .state()
      .projects.flatMap((project) => project.peers)
      .find(({ status }) => status === "PENDING_ACCEPTANCE")
    expect(waiting?.acts).toEqual(["accept", "reject", "expire", "delete-network"])
  })
})
