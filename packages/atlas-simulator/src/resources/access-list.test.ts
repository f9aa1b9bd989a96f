import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"

import { seededIds } from "#world/seeded-ids.ts"
import { startTestSimulator, testStart, type TestSimulator } from "#testing-simulator.ts"

const path = `/groups/${seededIds.emptySandbox}/accessList`
const inMs = (ms: number) => new Date(testStart + ms).toISOString()
const day = 24 * 3600_000

let atlas: TestSimulator
beforeAll(async () => {
  atlas = await startTestSimulator()
})
beforeEach(() => atlas.reset())
afterAll(() => atlas.simulator.close())

describe("the access list", () => {
  it("shows a single address as recorded: with its /32, its project and a link", async () => {
    const added = await atlas.v2("POST", path, [{ comment: "test", ipAddress: "192.168.0.243" }])
    const base = `${atlas.origin}/api/atlas/v2${path}`
    expect(added.status).toBe(201)
    expect(added.json).toEqual({
      links: [{ href: `${base}?includeCount=true&pageNum=1&itemsPerPage=100`, rel: "self" }],
      results: [
        {
          cidrBlock: "192.168.0.243/32",
          comment: "test",
          groupId: seededIds.emptySandbox,
          ipAddress: "192.168.0.243",
          links: [{ href: `${base}/192.168.0.243%2F32`, rel: "self" }],
        },
      ],
      totalCount: 1,
    })
  })

  it("finds an entry by address or encoded block, and shows when it becomes active", async () => {
    const { v1, simulator } = atlas
    await v1("POST", path, [{ ipAddress: "203.0.113.7" }, { cidrBlock: "10.15.0.0/16" }])
    expect((await v1("GET", `${path}/203.0.113.7`)).json["ipAddress"]).toBe("203.0.113.7")
    expect((await v1("GET", `${path}/10.15.0.0%2F16`)).json["cidrBlock"]).toBe("10.15.0.0/16")
    expect((await v1("GET", `${path}/10.15.0.0%2F16/status`)).text).toBe('{"STATUS":"PENDING"}')
    simulator.advance(15)
    expect((await v1("GET", `${path}/10.15.0.0%2F16/status`)).text).toBe('{"STATUS":"ACTIVE"}')
    const deleted = await v1("DELETE", `${path}/203.0.113.7`)
    expect([deleted.status, deleted.text]).toEqual([204, ""])
    expect((await v1("DELETE", `${path}/203.0.113.7`)).json).toMatchObject({
      error: 404,
      errorCode: "ATLAS_NETWORK_PERMISSION_ENTRY_NOT_FOUND",
    })
  })

  it("changes the comment of a repeated value", async () => {
    const { v1 } = atlas
    await v1("POST", path, [{ ipAddress: "203.0.113.7", comment: "old" }])
    const { json } = await v1("POST", path, [{ cidrBlock: "203.0.113.7/32", comment: "new" }])
    expect(json).toMatchObject({ totalCount: 1, results: [{ comment: "new" }] })
  })

  it("drops a temporary entry at its deletion date", async () => {
    const { v1, simulator } = atlas
    const { status } = await v1("POST", path, [{ ipAddress: "203.0.113.7", deleteAfterDate: inMs(day) }])
    expect(status).toBe(201)
    simulator.advance(day / 1000)
    expect((await v1("GET", path)).json["totalCount"]).toBe(0)
  })

  it.each<[string, unknown, string]>([
    ["an object", { ipAddress: "203.0.113.7" }, "INVALID_JSON"],
    ["an entry without a value", [{ comment: "x" }], "MISSING_ONE_OF_THREE_ATTRIBUTES"],
    [
      "an entry with two values",
      [{ ipAddress: "203.0.113.7", cidrBlock: "10.0.0.0/8" }],
      "MULTIPLE_VALUES_SPECIFIED_FOR_ONE_NETWORK_PERMISSION_ENTRY",
    ],
    ["an invalid address", [{ ipAddress: "300.0.0.1" }], "INVALID_IP_ADDRESS_OR_CIDR_NOTATION"],
    ["an invalid block", [{ cidrBlock: "10.0.0.0" }], "INVALID_IP_ADDRESS_OR_CIDR_NOTATION"],
    [
      "a long comment",
      [{ ipAddress: "203.0.113.7", comment: "x".repeat(81) }],
      "INVALID_NETWORK_PERMISSION_COMMENT",
    ],
    [
      "a deletion date in the past",
      [{ ipAddress: "203.0.113.7", deleteAfterDate: inMs(-1000) }],
      "EXPIRATION_DATE_IN_PAST",
    ],
    [
      "a deletion date too far away",
      [{ ipAddress: "203.0.113.7", deleteAfterDate: inMs(8 * day) }],
      "EXPIRATION_DATE_EXCEEDS_MAX",
    ],
    [
      "a deletion date that is no date",
      [{ ipAddress: "203.0.113.7", deleteAfterDate: "tomorrow" }],
      "INVALID_ATTRIBUTE",
    ],
    [
      "a security group without a peering",
      [{ awsSecurityGroup: "sg-0026348ec11780bd1" }],
      "CANNOT_USE_AWS_SECURITY_GROUP_WITHOUT_VPC_PEERING_CONNECTION",
    ],
    ["an unknown field", [{ ipAddress: "203.0.113.7", note: "x" }], "INVALID_ATTRIBUTE"],
    [
      "too many entries",
      Array.from({ length: 201 }, (_, index) => ({ ipAddress: `203.0.113.${index}` })),
      "ATLAS_NETWORK_PERMISSIONS_LIMIT_EXCEEDED",
    ],
  ])("refuses %s and adds nothing", async (_name, body, code) => {
    const { v1 } = atlas
    expect((await v1("POST", path, body)).json["errorCode"]).toBe(code)
    expect((await v1("GET", path)).json["totalCount"]).toBe(0)
  })

  it("says how far away a deletion date may be", async () => {
    const entry = { ipAddress: "203.0.113.7", deleteAfterDate: inMs(365 * day) }
    expect((await atlas.v2("POST", path, [entry])).json).toEqual({
      detail: "The specified expiration date can be at most 7 days in the future.",
      error: 400,
      errorCode: "EXPIRATION_DATE_EXCEEDS_MAX",
      parameters: [7],
      reason: "Bad Request",
    })
  })

  it("drops security groups with the last AWS peer, and refuses an expiry date for them", async () => {
    const { v1, simulator } = atlas
    const payments = `/groups/${seededIds.payments}`
    const group = { awsSecurityGroup: "sg-0026348ec11780bd2" }
    const expiring = await v1("POST", `${payments}/accessList`, [{ ...group, deleteAfterDate: inMs(day) }])
    expect(expiring.json["errorCode"]).toBe("NETWORK_PERMISSION_EXPIRATION_NOT_SUPPORTED")
    expect((await v1("POST", `${payments}/accessList`, [group])).json["totalCount"]).toBe(4)
    const peers = simulator.state().projects.find(({ id }) => id === seededIds.payments)?.peers ?? []
    for (const peer of peers.filter(({ providerName }) => providerName === "AWS")) {
      await v1("DELETE", `${payments}/peers/${peer.id}`)
    }
    expect((await v1("GET", `${payments}/accessList`)).json["totalCount"]).toBe(2)
  })
})
