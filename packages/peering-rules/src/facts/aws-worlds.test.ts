import type { AwsPeer, Container } from "@peering-desk/shared-schemas"
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { beginLine, endLine } from "#facts/look-up/look-up-script.ts"
import { readLookUp } from "./read-look-up.ts"
import { findCause, listStops } from "./stops.ts"

/** A VPC as the script printed it in moto; `pnpm conformance --only aws-reading` builds and reads them all again. */
interface RecordedWorld {
  title: string
  /** Null for a healthy one. */
  cause: { stop: string; says: string } | null
  peer: AwsPeer
  block: { at: string }
}

const recorded = readFileSync(new URL("../../test/aws-worlds.jsonl", import.meta.url), "utf8")
const worlds = recorded
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as RecordedWorld)
const container: Container = {
  providerName: "AWS",
  id: "507f1f77bcf86cd799439011",
  atlasCidrBlock: "10.8.0.0/21",
  regionName: "EU_WEST_1",
}

function listRecorded({ peer, block }: RecordedWorld) {
  const now = Date.parse(block.at) + 60_000
  const read = readLookUp([beginLine, JSON.stringify(block), endLine].join("\n"), now)
  return listStops(peer, container, (read !== null && "networks" in read && read.networks[0]) || null, now)
}

const faults = worlds.filter(({ cause }) => cause !== null)
const healthy = worlds.filter(({ cause }) => cause === null)

test.each(faults.map((world) => [world.title, world] as const))(
  "The cause in a recorded VPC is named: %s",
  (_title, world) => {
    expect(findCause(listRecorded(world))).toMatchObject({
      id: world.cause?.stop,
      says: expect.stringMatching(new RegExp(world.cause?.says ?? "")),
    })
  },
)

test.each(healthy.map((world) => [world.title, world] as const))(
  "A recorded healthy VPC has no cause: %s",
  (_title, world) => {
    const stops = listRecorded(world)
    expect(findCause(stops)).toBeNull()
    expect(stops.slice(0, 5).map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => "proven"))
  },
)
