import { afterAll, beforeAll, expect, test } from "vitest"
import { awsAccount, awsRole, startReading, type TestReading } from "#test/support/cloud-reader.ts"
import { pieceLength, toPieces } from "./facts-pieces.ts"

const vpcs = 400
const tablesOfVpc = 5
const vpcIds = Array.from({ length: vpcs }, (_, at) => `vpc-${String(at).padStart(17, "0")}`)

let aws: TestReading
beforeAll(async () => {
  aws = await startReading("reading-size", { callMs: 30_000, readMs: 60_000 })
  for (const [at, vpcId] of vpcIds.entries()) {
    const cidr = `10.${Math.floor(at / 8)}.${(at % 8) * 32}.0/19`
    aws.simulator.putNetwork({
      providerName: "AWS",
      awsAccountId: awsAccount,
      vpcId,
      region: "eu-west-1",
      name: `network-${at}`,
      cidrs: [cidr],
      routeTables: Array.from({ length: tablesOfVpc }, (_, table) => ({
        id: `rtb-${at}-${table}`,
        name: `table-${table}`,
        isMain: table === 0,
        subnets: [],
        routes: Array.from({ length: 20 }, (_, route) => ({
          to: `172.16.${route}.0/24`,
          target: `tgw-${String(route).padStart(17, "0")}`,
        })),
      })),
    })
  }
})
afterAll(() => aws.close())

test("400 VPCs with 2,000 route tables are read whole, and the server parses them in small pieces", async () => {
  const asked = { region: "eu-west-1", vpcIds, mostCalls: 14, lists: true }
  const { problem, listed, networks } = await aws.reader.read(awsRole, asked)
  expect([problem, listed.length, networks.length]).toEqual([null, vpcs, vpcs])
  const tables = networks.flatMap(({ facts }) => facts.routeTables?.value ?? [])
  expect([tables.length, tables.every(({ routes }) => routes.length === 20)]).toEqual([
    vpcs * tablesOfVpc,
    true,
  ])
  const lengths = toPieces({ listed, networks }).map((piece) => piece.length)
  expect(lengths.length).toBeGreaterThan(20)
  expect(lengths.every((length) => length < 1.1 * pieceLength)).toBe(true)
})
