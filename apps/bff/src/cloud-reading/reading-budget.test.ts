import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { awsAccount, awsRole, startReading, type TestReading } from "#test/support/cloud-reader.ts"
import type { CloudReader } from "./cloud-reader.ts"
import type { ReadingRequest } from "./reading.ts"

const region = "us-east-1"
const vpcIds = ["vpc-05c1d9e87b3a2f406", "vpc-078ac381aa90e1e63", "vpc-0b7e3c9d5a1f48260"]

let aws: TestReading
beforeAll(async () => {
  aws = await startReading("reading-budget")
})
beforeEach(() => {
  aws.simulator.reset("demo")
  aws.putRole()
})
afterAll(() => aws.close())

async function read(reader: CloudReader, changes: Partial<ReadingRequest> = {}) {
  aws.simulator.clearAwsCalls()
  const asked = { region, vpcIds, mostCalls: 10, lists: false, ...changes }
  const reading = await reader.read(awsRole, asked)
  const sent = aws.listCalls()
  const having = (aspect: string) =>
    reading.networks.filter(({ facts }) => aspect in facts).map(({ vpcId }) => vpcId)
  return { ...reading, sent, having }
}

describe("a reading of no more calls than allowed", () => {
  test("leaves out what doesn't fit, and reads it first the next time", async () => {
    const reader = aws.open()
    const first = await read(reader)
    expect([first.calls, first.sent.length, first.problem]).toEqual([10, 10, null])
    expect([first.having("routeTables"), first.having("dns")]).toEqual([vpcIds, vpcIds.slice(0, 2)])
    const second = await read(reader)
    expect([second.calls, second.having("routeTables")]).toEqual([10, vpcIds])
    expect(second.having("dns")).toContain(vpcIds[2])
  })

  test("reads every part within a few readings", async () => {
    const reader = aws.open()
    const seen = new Set<string>()
    for (let turn = 0; turn < 6; turn += 1) {
      const { networks, calls } = await read(reader, { mostCalls: 4 })
      expect(calls).toBeLessThanOrEqual(4)
      for (const { vpcId, facts } of networks)
        for (const aspect of Object.keys(facts)) seen.add(`${vpcId} ${aspect}`)
    }
    const all = ["addresses", "dns", "subnets", "routeTables", "firewalls", "networkAcls", "peerings"]
    expect([...seen]).toEqual(
      expect.arrayContaining(vpcIds.flatMap((vpcId) => all.map((aspect) => `${vpcId} ${aspect}`))),
    )
  })

  test("never has a part of a list, and doesn't let a list that is too long keep others waiting", async () => {
    const [vpcId = ""] = vpcIds
    const putGroups = (length: number) =>
      aws.simulator.putNetwork({
        providerName: "AWS",
        awsAccountId: awsAccount,
        vpcId,
        cidrs: ["10.0.0.0/16"],
        securityGroups: Array.from({ length }, (_, at) => ({
          id: `sg-${String(at).padStart(17, "0")}`,
          name: `group ${at}`,
          rules: [],
        })),
      })
    putGroups(1_500)
    const whole = await read(aws.open(), { vpcIds: [vpcId] })
    expect([whole.calls, whole.networks[0]?.facts.firewalls?.value.length]).toEqual([9, 1_500])
    putGroups(2_500)
    const reader = aws.open()
    const having = new Set<string>()
    for (let turn = 0; turn < 6; turn += 1) {
      const { networks } = await read(reader, { vpcIds: [vpcId], mostCalls: 2 })
      for (const aspect of Object.keys(networks[0]?.facts ?? {})) having.add(aspect)
    }
    expect([having.has("networkAcls"), having.has("dns"), having.has("firewalls")]).toEqual([
      true,
      true,
      false,
    ])
  })

  test("lists VPCs alone with one call when none is asked for", async () => {
    const { sent, listed, networks } = await read(aws.open(), { vpcIds: [], lists: true })
    expect([sent, networks]).toEqual([["DescribeVpcs"], []])
    expect(listed.map(({ network }) => network?.value)).toEqual(expect.arrayContaining(vpcIds))
  })

  test("sends nothing when nothing is asked for, or no call is left", async () => {
    expect((await read(aws.open(), { vpcIds: [] })).sent).toEqual([])
    expect((await read(aws.open(), { mostCalls: 0 })).sent).toEqual([])
  })
})

describe("a reading of prefix lists", () => {
  const list = (at: number) => `pl-${String(at).padStart(17, "0")}`
  const putRoutes = (count: number) => {
    const [vpcId = ""] = vpcIds
    aws.simulator.putNetwork({
      providerName: "AWS",
      awsAccountId: awsAccount,
      vpcId,
      cidrs: ["10.0.0.0/16"],
      routeTables: [
        {
          id: "rtb-0",
          name: "main",
          isMain: true,
          subnets: [],
          routes: Array.from({ length: count }, (_, at) => ({ to: list(at), target: "pcx-0" })),
        },
      ],
      prefixLists: Array.from({ length: count + 1 }, (_, at) => ({
        id: list(at),
        name: `list ${at}`,
        cidrs: [`10.${at}.0.0/16`],
      })),
    })
    return { vpcIds: [vpcId] }
  }
  const countEntries = (sent: readonly string[]) =>
    sent.filter((action) => action === "GetManagedPrefixListEntries").length

  test("asks for the entries of lists that routes name, and of no others", async () => {
    const { sent, networks } = await read(aws.open(), putRoutes(1))
    expect([sent.includes("DescribeManagedPrefixLists"), countEntries(sent)]).toEqual([true, 1])
    expect(networks[0]?.facts.routeTables?.value[0]?.routes.map(({ to }) => to)).toContain("10.0.0.0/16")
  })

  test("asks for a list once while it doesn't change, so all of them are known in the end", async () => {
    const asked = { ...putRoutes(4), mostCalls: 12 }
    const reader = aws.open()
    const first = await read(reader, asked)
    const second = await read(reader, asked)
    expect([countEntries(first.sent), countEntries(second.sent)]).toEqual([3, 1])
    const routes = second.networks[0]?.facts.routeTables?.value[0]?.routes.map(({ to }) => to)
    expect(routes).toEqual(["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16", "10.3.0.0/16"])
    expect(countEntries((await read(reader, asked)).sent)).toBe(0)
  })
})
