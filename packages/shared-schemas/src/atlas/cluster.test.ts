import { expect, test } from "vitest"
import { readCluster } from "./cluster.ts"

const id = "5e2211c17a3e5a48f5497de3"
const connectionStrings = {
  standardSrv: "mongodb+srv://cluster0-auylw.mongodb.net",
  privateSrv: "mongodb+srv://cluster0-pri.auylw.mongodb.net",
}

test("readCluster lists each region of a v2 cluster once", () => {
  const west = { providerName: "AWS", regionName: "US_WEST_1", priority: 7 }
  const east = { providerName: "AWS", regionName: "US_EAST_1", priority: 6 }
  const raw = {
    id,
    name: "ledger",
    stateName: "IDLE",
    paused: false,
    replicationSpecs: [{ regionConfigs: [west, east] }, { regionConfigs: [west] }],
    connectionStrings,
  }
  expect(readCluster(raw)).toEqual({
    id,
    name: "ledger",
    stateName: "IDLE",
    paused: false,
    isDedicated: true,
    regions: [
      { providerName: "AWS", regionName: "US_WEST_1" },
      { providerName: "AWS", regionName: "US_EAST_1" },
    ],
    connectionStrings,
  })
})

test("readCluster reads the regions of a v1.0 cluster from its specs, or else from its provider settings", () => {
  const raw = {
    id,
    name: "ledger",
    providerSettings: { providerName: "GCP", regionName: "EASTERN_US" },
    replicationSpecs: [{ regionsConfig: { EASTERN_US: { priority: 7 }, WESTERN_EUROPE: { priority: 6 } } }],
  }
  expect(readCluster(raw)?.regions.map(({ regionName }) => regionName)).toEqual([
    "EASTERN_US",
    "WESTERN_EUROPE",
  ])
  expect(readCluster({ ...raw, replicationSpecs: [] })?.regions).toEqual([
    { providerName: "GCP", regionName: "EASTERN_US" },
  ])
})

test.each([
  [{ providerSettings: { providerName: "TENANT", backingProviderName: "AWS", regionName: "US_EAST_1" } }],
  [
    {
      replicationSpecs: [
        { regionConfigs: [{ providerName: "TENANT", backingProviderName: "AWS", regionName: "US_EAST_1" }] },
      ],
    },
  ],
  [{ replicationSpecs: [{ regionConfigs: [{ providerName: "FLEX", regionName: "US_EAST_1" }] }] }],
])("readCluster takes a shared or flex cluster for one that can't be peered: %j", (settings) => {
  expect(readCluster({ id, name: "try", ...settings })).toMatchObject({ isDedicated: false, regions: [] })
})

test("readCluster keeps a cluster whose other fields are unreadable, and refuses one without a name", () => {
  const strange = { id, name: "ledger", stateName: 7, replicationSpecs: "?", connectionStrings: null }
  expect(readCluster(strange)).toMatchObject({ name: "ledger", stateName: null, connectionStrings: {} })
  expect(readCluster({ id })).toBeNull()
})
