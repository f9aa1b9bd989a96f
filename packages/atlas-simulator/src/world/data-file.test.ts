import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"

import { DataFileError, readDataFile } from "./data-file.ts"
import { createDemoKeys, demoServiceAccount } from "#auth/demo-credentials.ts"
import { scenarios, seededIds } from "./scenarios.ts"
import { createSimulator } from "#simulator.ts"
import type { SimulatorOptions } from "#simulator.ts"
import type { TestSimulator } from "#testing-simulator.ts"
import { startTestSimulator, testStart } from "#testing-simulator.ts"

let folder: string
let dataFile: string
const running: TestSimulator[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "simulator-"))
  dataFile = join(folder, "atlas.json")
})
afterEach(async () => {
  for (const { simulator } of running.splice(0)) await simulator.close()
  rmSync(folder, { recursive: true, force: true })
})

async function start(options: SimulatorOptions = {}): Promise<TestSimulator> {
  const started = await startTestSimulator({ dataFile, ...options })
  running.push(started)
  return started
}

const sandbox = `/groups/${seededIds.emptySandbox}`
const peersOf = ({ simulator }: TestSimulator) => simulator.state().projects.flatMap(({ peers }) => peers)
const timeOf = ({ simulator }: TestSimulator) => simulator.state().clock.now

async function create(one: TestSimulator, vpcId: string, containerId?: string) {
  const container = { providerName: "AWS", regionName: "US_EAST_1", atlasCidrBlock: "10.8.0.0/21" }
  const id = containerId ?? (await one.v1("POST", `${sandbox}/containers`, container)).json["id"]
  const made = await one.v1("POST", `${sandbox}/peers`, {
    providerName: "AWS",
    accepterRegionName: "us-east-1",
    awsAccountId: "482913570264",
    containerId: id,
    routeTableCidrBlock: "10.99.0.0/24",
    vpcId,
  })
  expect(made.status).toBe(201)
  return { containerId: String(id), peerId: String(made.json["id"]) }
}

/** A copy with one thing taken out, for every thing there is. */
function* withoutEach(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const changed of withoutEach(item)) yield value.with(index, changed)
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== name))
      for (const changed of withoutEach(item)) yield { ...value, [name]: changed }
    }
  }
}

describe("a world that is kept in a file", () => {
  it("has the limit of peers it is started with, and starts over with it", async () => {
    const limitsOf = ({ simulator }: TestSimulator) =>
      new Set(simulator.state().projects.map(({ peerLimit }) => peerLimit))
    await start({ peerLimit: 7 })
    // Without one the world keeps what it had.
    expect(limitsOf(await start())).toEqual(new Set([7]))
    const again = await start({ peerLimit: 9 })
    expect(limitsOf(again)).toEqual(new Set([9]))
    again.simulator.reset()
    expect(limitsOf(again)).toEqual(new Set([9]))
  })

  it("is there again after a kill, with what was written, done on the cloud side, and the time", async () => {
    const before = await start()
    const { peerId } = await create(before, "vpc-0aaaaaaaaaaaaaaaa")
    await before.v1("POST", `${sandbox}/accessList`, [{ cidrBlock: "10.99.0.0/24", comment: "kept" }])
    before.simulator.advance(20)
    before.simulator.cloudSide(peerId, "accept")
    before.simulator.advance(5)
    const state = before.simulator.state()

    const after = await start()
    expect(after.simulator.state()).toEqual(state)
    expect(timeOf(after)).toBe(new Date(testStart + 25_000).toISOString())
    after.simulator.advance(24)
    expect(peersOf(after).find(({ id }) => id === peerId)?.status).toBe("FINALIZING")
    after.simulator.advance(1)
    expect(peersOf(after).find(({ id }) => id === peerId)?.status).toBe("AVAILABLE")
  })

  it("never gives an id twice", async () => {
    const before = await start()
    const first = await create(before, "vpc-0aaaaaaaaaaaaaaaa")
    await before.v1("DELETE", `${sandbox}/peers/${first.peerId}`)
    before.simulator.advance(60)
    const after = await start({ startAt: testStart })
    const second = await create(after, "vpc-0bbbbbbbbbbbbbbbb", first.containerId)
    const counter = (id: string) => Number.parseInt(id.slice(-6), 16)
    expect(counter(second.peerId)).toBe(counter(first.peerId) + 1)
  })

  it("does not take back a step that somebody has seen", async () => {
    const before = await start()
    const { peerId } = await create(before, "vpc-0aaaaaaaaaaaaaaaa")
    before.passRealTime(21_000)
    const seen = await before.v1("GET", `${sandbox}/peers/${peerId}`)
    expect(seen.json["statusName"]).toBe("PENDING_ACCEPTANCE")
    const after = await start()
    const again = await after.v1("GET", `${sandbox}/peers/${peerId}`)
    expect(again.json).toMatchObject({
      statusName: "PENDING_ACCEPTANCE",
      connectionId: seen.json["connectionId"],
    })
  })

  it("loses no time when it is closed, and none passes until it is started again", async () => {
    const before = await start()
    before.passRealTime(90_000)
    await before.simulator.close()
    expect(timeOf(await start({ realTime: () => testStart + 86_400_000 }))).toBe(
      new Date(testStart + 90_000).toISOString(),
    )
  })

  it("goes before the scenario that is asked for, until it is reset", async () => {
    const before = await start({ scenario: "documentation" })
    await before.simulator.close()
    const after = await start({ scenario: "crowded" })
    expect(after.simulator.state().scenario).toBe("documentation")
    after.simulator.reset("demo")
    expect((await start()).simulator.state().scenario).toBe("demo")
  })

  it.each(scenarios)("is whole in the scenario %s", async (scenario) => {
    const before = await start({ scenario })
    expect((await start()).simulator.state()).toEqual(before.simulator.state())
  })

  it("holds no secret, and leaves no other file behind", async () => {
    const one = await start()
    await create(one, "vpc-0aaaaaaaaaaaaaaaa")
    const text = readFileSync(dataFile, "utf8")
    expect(text).toContain("vpc-0aaaaaaaaaaaaaaaa")
    for (const { publicKey, privateKey } of createDemoKeys()) {
      expect(text).not.toContain(privateKey)
      expect(text).not.toContain(publicKey)
    }
    expect(text).not.toContain(demoServiceAccount.clientSecret)
    expect(readdirSync(folder)).toEqual(["atlas.json"])
  })

  it("is not written again when nothing has changed", async () => {
    const one = await start({ scenario: "documentation" })
    one.simulator.state()
    const { ino } = statSync(dataFile)
    await one.v1("GET", `/groups/${seededIds.documentationProject}/containers`)
    one.simulator.state()
    expect(statSync(dataFile).ino).toBe(ino)
  })

  it("answers a request with a failure when the file cannot be written", async () => {
    const one = await start()
    rmSync(folder, { recursive: true })
    const { status, json } = await one.v1("DELETE", `/groups/${seededIds.payments}/accessList/203.0.113.24`)
    expect(status).toBe(500)
    expect(json["detail"]).toMatch(/cannot be written/)
    running.pop()
    await expect(one.simulator.close()).rejects.toThrow(DataFileError)
  })
})

describe("a data file that is not whole", () => {
  async function writeGood(): Promise<string> {
    const one = await start()
    await create(one, "vpc-0aaaaaaaaaaaaaaaa")
    return readFileSync(dataFile, "utf8").trimEnd()
  }

  it("is refused wherever it breaks off", async () => {
    const good = await writeGood()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: good.length - 1 }), (length) => {
        writeFileSync(dataFile, good.slice(0, length))
        expect(() => readDataFile(dataFile)).toThrow(/breaks off.*Delete it to start over.*pnpm demo --fresh/)
      }),
    )
  })

  it("is refused whatever is missing from it", async () => {
    const content: unknown = JSON.parse(await writeGood())
    let count = 0
    for (const changed of withoutEach(content)) {
      writeFileSync(dataFile, JSON.stringify(changed))
      expect(() => readDataFile(dataFile)).toThrow(DataFileError)
      count += 1
    }
    expect(count).toBeGreaterThan(400)
  })

  it.each<[string, (good: Record<string, unknown>) => unknown, RegExp]>([
    ["of a later version", (good) => ({ ...good, version: 2 }), /version 2, and this simulator reads 1/],
    ["of another program", () => ({ name: "something" }), /a simulator did not write it/],
    ["a list", () => [], /a simulator did not write it/],
    [
      "of a scenario there is none of",
      (good) => ({ ...good, world: { scenario: "x", projects: [] } }),
      /missing/,
    ],
    ["without a time", (good) => ({ ...good, now: "noon" }), /missing/],
    ["with ids that go nowhere", (good) => ({ ...good, idPosition: -1 }), /missing/],
  ])("is refused when it is %s, and stays as it was", async (_name, change, words) => {
    const good: Record<string, unknown> = JSON.parse(await writeGood())
    const text = JSON.stringify(change(good))
    writeFileSync(dataFile, text)
    expect(() => createSimulator({ dataFile })).toThrow(words)
    expect(readFileSync(dataFile, "utf8")).toBe(text)
  })

  it("is refused when it is a folder", () => {
    expect(() => createSimulator({ dataFile: folder })).toThrow(/cannot be used.*EISDIR/)
  })

  it("keeps the stand-in from listening when it cannot be made", async () => {
    const simulator = createSimulator({ dataFile: join(folder, "nowhere", "atlas.json") })
    await expect(simulator.listen()).rejects.toThrow(/cannot be written: ENOENT/)
  })
})
