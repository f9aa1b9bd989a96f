import { describe, expect, test } from "vitest"
import {
  type Case,
  acl,
  cidr,
  custom,
  find,
  group,
  list,
  main,
  openAcl,
  own,
  rule,
  to,
} from "#test/aws-facts.ts"
import { aws, awsContainer } from "#test/connections.ts"
import { toRunbook } from "#runbook/runbook.ts"
import { findCause } from "./stops.ts"

describe("Stops of an AWS connection that are healthy or not known", () => {
  test.each<[title: string, Case]>([
    ["wider route", { values: { routeTables: [main(to("10.0.0.0/8", own))] } }],
    ["two halves", { values: { routeTables: [main(to("10.8.0.0/22", own), to("10.8.4.0/22", own))] } }],
    ["unused tables", { values: { routeTables: [main(to(cidr, own)), custom([])] } }],
    [
      "main table that no subnet uses",
      { values: { routeTables: [main(), custom(["subnet-a", "subnet-b"], to(cidr, own))] } },
    ],
    ["default route beside", { values: { routeTables: [main(to("0.0.0.0/0", "igw-1"), to(cidr, own))] } }],
    ["gateway endpoint beside", { values: { routeTables: [main(to("pl-1", "vpce-1"), to(cidr, own))] } }],
    [
      "wider route elsewhere beside",
      { values: { routeTables: [main(to("10.0.0.0/8", "tgw-1"), to(cidr, own))] } },
    ],
    [
      "lower ACL number first",
      { values: { networkAcls: [acl(rule({ number: 200, allows: false }), ...openAcl)] } },
    ],
    [
      "port range",
      {
        values: {
          firewalls: [
            group("sg-1", rule({ protocol: "tcp", from: 27000, to: 28000, cidrs: ["10.0.0.0/8"] })),
          ],
        },
      },
    ],
    [
      "ports one by one",
      {
        values: {
          firewalls: [
            group(
              "sg-1",
              ...[27015, 27016, 27017].map((port) =>
                rule({ protocol: "tcp", from: port, to: port, cidrs: [cidr] }),
              ),
            ),
          ],
        },
      },
    ],
    [
      "two CIDRs of a group",
      {
        values: {
          firewalls: [group("sg-1", rule({ cidrs: ["10.8.0.0/22"] }), rule({ cidrs: ["10.8.4.0/22"] }))],
        },
      },
    ],
    [
      "answers to high ports only",
      {
        values: {
          networkAcls: [
            acl(
              rule({ number: 100 }),
              rule({ number: 100, direction: "in", protocol: "tcp", from: 32768, to: 65535, cidrs: [cidr] }),
            ),
          ],
        },
      },
    ],
    ["no subnet yet", { values: { subnets: [], networkAcls: [{ ...acl(...openAcl), subnets: [] }] } }],
    ["unused second CIDR", { values: { addresses: ["10.15.0.0/16", "10.20.0.0/16"] } }],
  ])("A trap is healthy: %s", (_title, given) => {
    const stops = list(given)
    expect(findCause(stops)).toBeNull()
    expect(stops.slice(0, 5).map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => "proven"))
  })

  test.each<[title: string, Case, id: string, says: RegExp]>([
    [
      "some tables",
      { values: { routeTables: [main(to(cidr, own)), custom(["subnet-b"])] } },
      "route",
      /^In 1 of 2 tables\. rtb-b has no route/,
    ],
    [
      "inactive when read",
      { values: { routeTables: [main(to(cidr, own, "blackhole"))] } },
      "route",
      /wasn't active when it was read/,
    ],
    [
      "an ACL without the upper ports of Windows",
      {
        values: {
          networkAcls: [
            acl(
              rule({ number: 100 }),
              rule({ number: 100, direction: "in", protocol: "tcp", from: 32768, to: 60999, cidrs: [cidr] }),
            ),
          ],
        },
      },
      "firewall",
      /lets only a part of the traffic/,
    ],
    [
      "a prefix list to elsewhere that wasn't read",
      { values: { routeTables: [main(to(cidr, own), to("pl-2", own), to("pl-1", "tgw-1"))] } },
      "route",
      /prefix list pl-1/,
    ],
    [
      "a prefix list that wasn't read",
      { values: { routeTables: [main(to("pl-1", own))] } },
      "route",
      /prefix list pl-1/,
    ],
    ["no container's CIDR", { container: null }, "route", /^Not checked\.$/],
    [
      "one of two groups",
      { values: { firewalls: [group("sg-1", rule()), group("sg-2")] } },
      "firewall",
      /^1 of 2 groups .* not sg-2/,
    ],
    [
      "a group of 27017 only",
      { values: { firewalls: [group("sg-1", rule({ protocol: "tcp", from: 27017, to: 27017 }))] } },
      "firewall",
      /^0 of 1 groups/,
    ],
    [
      "a group for a part of the CIDR",
      { values: { firewalls: [group("sg-1", rule({ cidrs: ["10.8.0.0/22", "10.8.7.4/32"] }))] } },
      "firewall",
      /^0 of 1 groups let all/,
    ],
    [
      "ACLs of some subnets",
      {
        values: {
          networkAcls: [
            { ...acl(...openAcl), subnets: ["subnet-a"] },
            { ...acl(), id: "acl-2", subnets: ["subnet-b"] },
          ],
        },
      },
      "firewall",
      /acl-2 lets only a part/,
    ],
    ["ACLs that weren't read", { values: { networkAcls: undefined } }, "firewall", /weren't read/],
    [
      "a part of the VPC's CIDR given",
      { peer: { routeTableCidrBlock: "10.15.0.0/24" } },
      "application",
      /^1 of 2 subnets lie outside/,
    ],
    [
      "a CIDR of pods, which Atlas takes from nobody",
      {
        values: {
          addresses: ["10.15.0.0/16", "100.64.0.0/16"],
          subnets: [
            { id: "subnet-a", cidrs: ["10.15.0.0/24"] },
            { id: "subnet-pods", cidrs: ["100.64.0.0/19"] },
          ],
        },
      },
      "application",
      /^1 of 2 subnets lie outside 10\.15\.0\.0\/16/,
    ],
    ["DNS not known", { values: { dns: undefined } }, "dns", /^Not checked\.$/],
    ["an unknown status", { peer: { statusName: "NEW" }, values: { peerings: undefined } }, "peering", /NEW/],
  ])("Not checked, so no cause: %s", (_title, given, id, says) => {
    const stops = list(given)
    expect(find(stops, id)).toMatchObject({ state: "not-checked", says: expect.stringMatching(says) })
    expect(findCause(stops)).toBeNull()
  })

  test("A stale fact proves nothing and is named with its time", () => {
    const stops = list({
      time: "2026-11-27T09:30:00Z",
      values: { routeTables: [main()], dns: { support: false, hostnames: false } },
    })
    for (const id of ["application", "route", "firewall", "dns"])
      expect(find(stops, id)).toMatchObject({
        state: "not-checked",
        says: "Not checked since 2026-11-27 09:30 UTC.",
        at: "2026-11-27T09:30:00Z",
      })
    expect(find(stops, "peering")).toMatchObject({ state: "proven", source: "atlas" })
    expect(findCause(stops)).toBeNull()
  })

  test("Facts of another network prove nothing", () => {
    const stops = list({ values: { network: "vpc-other", dns: { support: false, hostnames: false } } })
    expect(findCause(stops)).toBeNull()
  })

  test("Each stop's step is a step of the runbook", () => {
    const ids = toRunbook(aws, awsContainer).map(({ id }) => id)
    const steps = list({}).flatMap(({ stepId }) => stepId ?? [])
    expect(ids).toEqual(expect.arrayContaining(steps))
  })
})
