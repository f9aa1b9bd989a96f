import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, it } from "vitest"

import { DataFileError, readDataFile } from "./data-file.ts"
import { createDemoKeys, demoServiceAccount } from "#auth/demo-credentials.ts"
import { seededIds } from "./seeded-ids.ts"
import { scenarios } from "./world.ts"
import { createSimulator, type SimulatorOptions } from "#simulator.ts"
import { startTestSimulator, testStart, type TestSimulator } from "#testing-simulator.ts"

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

/** Yields a copy without each field in turn, at every depth. */
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

describe("a simulator with a data file", () => {
  it("takes the peer limit it starts with, also after a reset", async () => {
    const limitsOf = ({ simulator }: TestSimulator) =>
      new Set(simulator.state().projects.map(({ peerLimit }) => peerLimit))
    await start({ peerLimit: 7 })
    // Without the option the saved limit stays.
    expect(limitsOf(await start())).toEqual(new Set([7]))
    const again = await start({ peerLimit: 9 })
    expect(limitsOf(again)).toEqual(new Set([9]))
    again.simulator.reset()
    expect(limitsOf(again)).toEqual(new Set([9]))
  })

  it("restores writes, cloud-side acts and the time after a kill", async () => {
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

  it("repeats no id after a restart", async () => {
    const before = await start()
    const first = await create(before, "vpc-0aaaaaaaaaaaaaaaa")
    await before.v1("DELETE", `${sandbox}/peers/${first.peerId}`)
    before.simulator.advance(60)
    const after = await start({ startAt: testStart })
    const second = await create(after, "vpc-0bbbbbbbbbbbbbbbb", first.containerId)
    const counter = (id: string) => Number.parseInt(id.slice(-6), 16)
    expect(counter(second.peerId)).toBe(counter(first.peerId) + 1)
  })

  it("keeps a status that a client has already read", async () => {
    const before = await start()
    const { peerId } = await create(before, "vpc-0aaaaaaaaaaaaaaaa")
    before.advanceRealTime(21_000)
    const seen = await before.v1("GET", `${sandbox}/peers/${peerId}`)
    expect(seen.json["statusName"]).toBe("PENDING_ACCEPTANCE")
    const after = await start()
    const again = await after.v1("GET", `${sandbox}/peers/${peerId}`)
    expect(again.json).toMatchObject({
      statusName: "PENDING_ACCEPTANCE",
      connectionId: seen.json["connectionId"],
    })
  })

  it("saves the time when it closes, and lets no time pass until it starts again", async () => {
    const before = await start()
    before.advanceRealTime(90_000)
    await before.simulator.close()
    expect(timeOf(await start({ realTime: () => testStart + 86_400_000 }))).toBe(
      new Date(testStart + 90_000).toISOString(),
    )
  })

  it("keeps the saved scenario over the requested one until a reset", async () => {
    const before = await start({ scenario: "documentation" })
    await before.simulator.close()
    const after = await start({ scenario: "crowded" })
    expect(after.simulator.state().scenario).toBe("documentation")
    after.simulator.reset("demo")
    expect((await start()).simulator.state().scenario).toBe("demo")
  })

  it.each(scenarios)("restores the scenario %s completely", async (scenario) => {
    const before = await start({ scenario })
    expect((await start()).simulator.state()).toEqual(before.simulator.state())
  })

  it("writes no secret and leaves no other file behind", async () => {
    const one = await start()
    await create(one, "vpc-0aaaaaaaaaaaaaaaa")
    const text = readFileSync(dataFile, "utf8")
    expect(text).toContain("vpc-0aaaaaaaaaaaaaaaa")
    for (const { privateKey } of createDemoKeys()) expect(text).not.toContain(privateKey)
    expect(text).not.toContain(demoServiceAccount.clientSecret)
    expect(readdirSync(folder)).toEqual(["atlas.json"])
  })

  it("writes nothing when nothing has changed", async () => {
    const one = await start({ scenario: "documentation" })
    one.simulator.state()
    const { ino } = statSync(dataFile)
    await one.v1("GET", `/groups/${seededIds.documentationProject}/containers`)
    one.simulator.state()
    expect(statSync(dataFile).ino).toBe(ino)
  })

  it("answers 500 when the file cannot be written", async () => {
    const one = await start()
    rmSync(folder, { recursive: true })
    const { status, json } = await one.v1("DELETE", `/groups/${seededIds.payments}/accessList/203.0.113.24`)
    expect(status).toBe(500)
    expect(json["detail"]).toMatch(/cannot be written/)
    running.pop()
    await expect(one.simulator.close()).rejects.toThrow(DataFileError)
  })
})

describe("a damaged data file", () => {
  async function writeGood(): Promise<string> {
    const one = await start()
    await create(one, "vpc-0aaaaaaaaaaaaaaaa")
    return readFileSync(dataFile, "utf8").trimEnd()
  }

  it("is refused at every point of truncation", async () => {
    const good = await writeGood()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: good.length - 1 }), (length) => {
        writeFileSync(dataFile, good.slice(0, length))
        expect(() => readDataFile(dataFile)).toThrow(/breaks off.*Delete it to start over.*pnpm demo --fresh/)
      }),
    )
  })

  it("is refused when any field is missing", async () => {
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
    ["has a later version", (good) => ({ ...good, version: 5 }), /version 5, and this simulator reads 4/],
    ["belongs to another program", () => ({ name: "something" }), /a simulator did not write it/],
    ["is a list", () => [], /a simulator did not write it/],
    ["has an unknown scenario", (good) => ({ ...good, world: { scenario: "x", projects: [] } }), /missing/],
    ["has no time", (good) => ({ ...good, now: "noon" }), /missing/],
    ["has a negative id position", (good) => ({ ...good, idPosition: -1 }), /missing/],
  ])("is refused and left unchanged when it %s", async (_name, change, words) => {
    const good: Record<string, unknown> = JSON.parse(await writeGood())
    const text = JSON.stringify(change(good))
    writeFileSync(dataFile, text)
    expect(() => createSimulator({ dataFile })).toThrow(words)
    expect(readFileSync(dataFile, "utf8")).toBe(text)
  })

  it("is refused when it is a folder", () => {
    expect(() => createSimulator({ dataFile: folder })).toThrow(/cannot be used.*EISDIR/)
  })

  it("keeps the simulator from listening when it cannot be created", async () => {
    const simulator = createSimulator({ dataFile: join(folder, "nowhere", "atlas.json") })
    await expect(simulator.listen()).rejects.toThrow(/cannot be written: ENOENT/)
  })
})
