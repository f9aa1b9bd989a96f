import { describe, expect, test } from "vitest"
import {
  type Case,
  acl,
  at,
  cidr,
  custom,
  find,
  group,
  list,
  main,
  openAcl,
  other,
  own,
  pcx,
  rule,
  to,
} from "#test/aws-facts.ts"
import { findCause } from "./stops.ts"

const pending = { statusName: "PENDING_ACCEPTANCE" }

describe("Stops of an AWS connection", () => {
  test("A look-up from before the request doesn't say that the VPC lacks it", () => {
    const says = (since: string) =>
      find(list({ peer: pending, values: { peerings: [] }, since }), "peering")?.says
    expect(says("2026-11-29T10:59:59Z")).toMatch(/isn't among/)
    expect(says("2026-11-29T11:00:01Z")).toBe(`${own} isn't accepted yet.`)
  })

  test("A VPC in which everything is right proves five of seven stops, in the order of the way", () => {
    expect(list({}).map(({ id, state }) => `${id} ${state}`)).toEqual([
      "application proven",
      "route proven",
      "firewall proven",
      "dns proven",
      "peering proven",
    ])
    expect(
      list({})
        .slice(0, 5)
        .every((one) => one.source === "pasted" && one.at === at && one.next === null),
    ).toBe(true)
    expect(findCause(list({}))).toBeNull()
  })

  test.each<[title: string, Case, id: string, says: RegExp]>([
    [
      "not accepted",
      { peer: pending, values: { peerings: [pcx(own, "pending-acceptance")] } },
      "peering",
      /isn't accepted yet/,
    ],
    [
      "not accepted, without facts",
      { peer: pending, time: "2026-11-01T00:00:00Z" },
      "peering",
      /isn't accepted yet/,
    ],
    [
      "a second request",
      { peer: pending, values: { peerings: [pcx(own, "pending-acceptance"), pcx(other, "active")] } },
      "peering",
      new RegExp(`${other} is accepted.*${own}`),
    ],
    [
      "not listed",
      { peer: pending, values: { peerings: [] } },
      "peering",
      /isn't among the 0 peerings of vpc-/,
    ],
    [
      "in the making",
      { peer: { statusName: "INITIATING" }, values: { peerings: [] } },
      "peering",
      /creating the request/,
    ],
    ["finishing", { peer: { statusName: "FINALIZING" }, values: { peerings: [] } }, "peering", /finishing/],
  ])("The peering waits: %s", (_title, given, id, says) => {
    const stops = list(given)
    expect(findCause(stops)).toMatchObject({ id, state: "waiting", says: expect.stringMatching(says) })
    expect(find(stops, "route")?.state).toBe("later")
  })

  test.each<[title: string, Case, id: string, says: RegExp]>([
    [
      "rejected",
      { peer: { statusName: "FAILED", errorStateName: "REJECTED" }, values: { peerings: undefined } },
      "peering",
      /was rejected by the owner/,
    ],
    [
      "rejected in AWS",
      { values: { peerings: [pcx(own, "rejected", "Rejected by 123456789012")] } },
      "peering",
      /is rejected in AWS: Rejected by/,
    ],
    [
      "deleted in AWS",
      { values: { peerings: [pcx(own, "deleted", "Deleted by 123456789012")] } },
      "peering",
      /is deleted in AWS: Deleted by/,
    ],
    [
      "expired",
      { peer: { statusName: "FAILED", errorStateName: "EXPIRED" }, values: { peerings: undefined } },
      "peering",
      /expired: nobody accepted/,
    ],
    [
      "failed",
      { peer: { statusName: "FAILED", errorMessage: "odd" }, values: { peerings: undefined } },
      "peering",
      /failed: odd\./,
    ],
    [
      "wrong region",
      {
        peer: { statusName: "FAILED", errorStateName: "INVALID_ARGUMENT" },
        values: { region: "eu-west-1", peerings: [] },
      },
      "peering",
      /is in eu-west-1, and the connection names us-west-1/,
    ],
    [
      "wrong account",
      { peer: { statusName: "FAILED" }, values: { account: "210987654321", peerings: [] } },
      "peering",
      /belongs to account 210987654321/,
    ],
    [
      "overlap",
      {
        peer: { statusName: "FAILED" },
        values: { addresses: ["10.15.0.0/16", "10.8.0.0/16"], peerings: [] },
      },
      "peering",
      /10\.8\.0\.0\/16 of vpc-.* overlaps 10\.8\.0\.0\/21/,
    ],
    [
      "refused for an unknown reason",
      { peer: { statusName: "FAILED", errorStateName: "INVALID_ARGUMENT" }, values: { peerings: [] } },
      "peering",
      /don't belong together/,
    ],
    ["being deleted", { peer: { statusName: "TERMINATING" } }, "peering", /is deleting/],
    [
      "main table forgotten",
      { values: { routeTables: [main(), custom([], to(cidr, own))] } },
      "route",
      /rtb-main has no route for 10\.8\.0\.0\/21/,
    ],
    [
      "both tables forgotten",
      { values: { routeTables: [main(), custom(["subnet-b"])] } },
      "route",
      /^rtb-main, rtb-b have no route for 10\.8\.0\.0\/21\.$/,
    ],
    [
      "custom table forgotten",
      { values: { routeTables: [main(to(cidr, own)), custom(["subnet-a", "subnet-b"])] } },
      "route",
      /rtb-b has no route/,
    ],
    [
      "default route only",
      { values: { routeTables: [main(to("0.0.0.0/0", "nat-1"))] } },
      "route",
      /follows 0\.0\.0\.0\/0 to nat-1/,
    ],
    [
      "wrong target",
      { values: { routeTables: [main(to(cidr, other))] } },
      "route",
      new RegExp(`leads 10.8.0.0/21 to ${other}, not to ${own}`),
    ],
    [
      "old peering",
      { values: { routeTables: [main(to(cidr, other, "blackhole"))] } },
      "route",
      /is gone \(blackhole\)/,
    ],
    [
      "wider route to another peering",
      { values: { routeTables: [main(to("10.8.0.0/16", other))] } },
      "route",
      /not to/,
    ],
    [
      "too narrow",
      { values: { routeTables: [main(to("10.8.0.0/22", own))] } },
      "route",
      /too narrow: it leaves out 10\.8\.4\.0\/22/,
    ],
    [
      "narrower route shadows",
      { values: { routeTables: [main(to(cidr, own), to("10.8.2.0/24", "tgw-1"))] } },
      "route",
      /leads 10\.8\.2\.0\/24 to tgw-1, a narrower/,
    ],
    [
      "DNS support off",
      { values: { dns: { support: false, hostnames: true } } },
      "dns",
      /^DNS resolution off/,
    ],
    [
      "DNS hostnames off",
      { values: { dns: { support: true, hostnames: false } } },
      "dns",
      /^DNS hostnames off/,
    ],
    [
      "no group lets out",
      {
        values: { firewalls: [group("sg-1", rule({ protocol: "tcp", from: 443, to: 443 })), group("sg-2")] },
      },
      "firewall",
      /sg-1, sg-2 let none of 27015–27017 out/,
    ],
    [
      "groups for another CIDR",
      { values: { firewalls: [group("sg-1", rule({ cidrs: ["10.9.0.0/16"] }))] } },
      "firewall",
      /sg-1 lets none/,
    ],
    [
      "ACL out",
      {
        values: {
          networkAcls: [
            acl(rule({ number: 90, allows: false, protocol: "tcp", from: 27000, to: 28000 }), ...openAcl),
          ],
        },
      },
      "firewall",
      /acl-1 lets none of 27015–27017 out/,
    ],
    [
      "ACL in",
      {
        values: {
          networkAcls: [
            acl(
              rule({ number: 100 }),
              rule({ number: 100, direction: "in", protocol: "tcp", from: 443, to: 443 }),
            ),
          ],
        },
      },
      "firewall",
      /acl-1 lets no answers in/,
    ],
    [
      "a CIDR not given to Atlas",
      {
        values: {
          addresses: ["10.15.0.0/16", "10.20.0.0/16"],
          subnets: [
            { id: "subnet-a", cidrs: ["10.15.0.0/24"] },
            { id: "subnet-b", cidrs: ["10.20.0.0/24"] },
          ],
        },
      },
      "application",
      /no way back to 10\.20\.0\.0\/16, the CIDR of subnet-b/,
    ],
  ])("One cause is named: %s", (_title, given, id, says) => {
    const cause = findCause(list(given))
    expect(cause).toMatchObject({
      id,
      state: "broken",
      says: expect.stringMatching(says),
      next: expect.stringMatching(/\.$/),
    })
  })
})

test("DNS off in the VPC breaks nothing for sure while the project has custom DNS", () => {
  const values = { dns: { support: true, hostnames: false } }
  expect(find(list({ values, customDns: true }), "dns")).toMatchObject({
    state: "not-checked",
    says: expect.stringContaining("only the private string (-pri)") as string,
  })
  expect(find(list({ customDns: true }), "dns")?.state).toBe("proven")
})
