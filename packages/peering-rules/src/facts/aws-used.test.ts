import type { Firewall, NetworkFacts } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import {
  acl,
  at,
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
  type Case,
} from "#test/aws-facts.ts"
import { rememberBefore } from "./merge-facts.ts"

/** Subnet-a uses a table with the route, subnet-b one without. */
const halfRouted = { routeTables: [main(to(cidr, own)), custom(["subnet-b"])] }
const twoGroups = { firewalls: [group("sg-1", rule()), group("sg-2")] }
const twoAcls = {
  networkAcls: [
    { ...acl(...openAcl), subnets: ["subnet-a"] },
    { ...acl(), id: "acl-2", subnets: ["subnet-b"] },
  ],
}

describe("Subnets and groups that the application uses", () => {
  test.each<[title: string, Case, id: string, state: string, says: RegExp]>([
    ["a routed subnet", { values: halfRouted, uses: ["subnet-a"] }, "route", "proven", /^rtb-main leads/],
    [
      "a subnet without the route",
      { values: halfRouted, uses: ["subnet-b"] },
      "route",
      "broken",
      /^rtb-b has no/,
    ],
    [
      "both subnets",
      { values: halfRouted, uses: ["subnet-a", "subnet-b"] },
      "route",
      "not-checked",
      /^In 1 of 2/,
    ],
    [
      "a subnet that is gone",
      { values: halfRouted, uses: ["subnet-z"] },
      "route",
      "not-checked",
      /^In 1 of 2/,
    ],
    ["an open group", { values: twoGroups, uses: ["sg-1"] }, "firewall", "proven", /^sg-1 and/],
    ["a closed group", { values: twoGroups, uses: ["sg-2"] }, "firewall", "broken", /^sg-2 lets none/],
    ["a subnet with an open ACL", { values: twoAcls, uses: ["subnet-a"] }, "firewall", "proven", /acl-1 let/],
    [
      "a subnet with a closed ACL",
      { values: twoAcls, uses: ["subnet-b"] },
      "firewall",
      "broken",
      /^acl-2 lets none/,
    ],
    [
      "a subnet in the CIDR that Atlas was given",
      { peer: { routeTableCidrBlock: "10.15.0.0/24" }, uses: ["subnet-a"] },
      "application",
      "proven",
      /^1 subnet in/,
    ],
  ])("%s decides alone", (_title, given, id, state, says) => {
    expect(find(list(given), id)).toMatchObject({ state, says: expect.stringMatching(says) })
  })
})

describe("A route table that led to the peering before", () => {
  const toFacts = (tables: ReturnType<typeof custom>[]): NetworkFacts => ({
    providerName: "AWS",
    routeTables: { value: tables, source: "pasted", at },
  })
  const read = (before: ReturnType<typeof custom>[], after: ReturnType<typeof custom>[]) =>
    rememberBefore(toFacts(before), toFacts(after)).routeTables?.value ?? []

  test("is broken when it no longer does, although other tables do", () => {
    const both = [main(to(cidr, own)), custom(["subnet-b"], to(cidr, own))]
    const routeTables = read(both, [main(to(cidr, own)), custom(["subnet-b"])])
    expect(find(list({ values: { routeTables } }), "route")).toMatchObject({
      state: "broken",
      says: `rtb-b has no route for ${cidr}.`,
      next: `Add a route for ${cidr} to ${own} in rtb-b.`,
    })
  })

  test("is not checked when its route leads to an appliance now, which may lead it on", () => {
    const both = [main(to(cidr, own)), custom(["subnet-b"], to(cidr, own))]
    const routeTables = read(both, [main(to(cidr, own)), custom(["subnet-b"], to(cidr, "vpce-0fw"))])
    expect(find(list({ values: { routeTables } }), "route")).toMatchObject({
      state: "not-checked",
      says: expect.stringContaining("An appliance may lead it on."),
    })
  })

  test("is remembered over several readings, and proven again when the route is back", () => {
    const led = [custom(["subnet-b"], to(cidr, own))]
    const gone = read(led, [custom(["subnet-b"])])
    const still = read(gone, [custom(["subnet-b"])])
    expect(still[0]).toMatchObject({ led: [own] })
    const back = read(still, led)
    expect(find(list({ values: { routeTables: [main(to(cidr, own)), ...back] } }), "route")?.state).toBe(
      "proven",
    )
  })

  test("is remembered only if its route was active", () => {
    expect(
      read([custom(["subnet-b"], to(cidr, own, "blackhole"))], [custom(["subnet-b"])])[0],
    ).not.toHaveProperty("led")
  })
})

describe("A security group that let the ports out before", () => {
  const toFacts = (groups: Firewall[]): NetworkFacts => ({
    providerName: "AWS",
    firewalls: { value: groups, source: "pasted", at },
  })
  const read = (before: Firewall[], after: Firewall[]) =>
    rememberBefore(toFacts(before), toFacts(after)).firewalls?.value ?? []
  const stop = (firewalls: ReturnType<typeof read>) => find(list({ values: { firewalls } }), "firewall")

  test("is broken when it no longer does, although other groups do", () => {
    const both = [group("sg-1", rule()), group("sg-2", rule())]
    const closed = read(both, [group("sg-1", rule()), group("sg-2")])
    expect(stop(closed)).toMatchObject({
      state: "broken",
      says: `sg-2 no longer lets 27015–27017 out to ${cidr}.`,
      next: `Allow TCP 27015–27017 out to ${cidr} in sg-2.`,
    })
    expect(stop(read(closed, [group("sg-1", rule()), group("sg-2")]))?.state).toBe("broken")
    expect(stop(read(closed, both))?.state).toBe("proven")
  })

  test("is not checked where it let out other ports, or to another CIDR", () => {
    const others = [rule({ from: 443, to: 443, protocol: "tcp" }), rule({ cidrs: ["172.16.0.0/12"] })]
    for (const other of others)
      expect(
        stop(read([group("sg-1", rule()), group("sg-2", other)], [group("sg-1", rule()), group("sg-2")]))
          ?.state,
      ).toBe("not-checked")
  })
})
