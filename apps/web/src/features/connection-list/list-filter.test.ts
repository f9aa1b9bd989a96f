import type { Container, Peering } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { readFilter, writeFilter } from "#ui/hooks/use-search-filter.ts"
import { filterPeerings, listFields, type ListFilter } from "./list-filter.ts"
import { adopted } from "#mock-bff/samples.ts"

const container = { providerName: "AWS", id: "c1", regionName: "US_EAST_1" } as Container

function peering(id: string, peer: Record<string, unknown>): Peering {
  return {
    id,
    projectId: "p",
    peer: { id, ...peer },
    raw: {},
    history: [],
    beginSeen: true,
    ...adopted,
  } as unknown as Peering
}

const all = [
  peering("a", {
    providerName: "AWS",
    containerId: "c1",
    awsAccountId: "123456789012",
    vpcId: "vpc-0A1b",
    connectionId: "pcx-77",
    statusName: "PENDING_ACCEPTANCE",
  }),
  peering("b", {
    providerName: "AZURE",
    vnetName: "vnet-crm",
    resourceGroupName: "rg-crm",
    status: "AVAILABLE",
  }),
  peering("c", { providerName: "GCP", networkName: "prod", gcpProjectId: "acme", status: "FAILED" }),
]

function found(filter: Partial<ListFilter>): string[] {
  const whole = { text: "", cloud: null, needsPerson: false, ...filter }
  return filterPeerings(all, ({ containerId }) => (containerId === "c1" ? container : null), whole).map(
    ({ id }) => id,
  )
}

describe("the filter", () => {
  test.each([
    ["", ["a", "b", "c"]],
    ["PCX-77", ["a"]],
    ["crm rg", ["b"]],
    ["crm prod", []],
    ["us_east", ["a"]],
    ["1234 5678 9012", ["a"]],
    ["1234-5678-9012", ["a"]],
    ["  vnet  ", ["b"]],
  ])("filtering by the text %o finds %o", (text, ids) => {
    expect(found({ text })).toEqual(ids)
  })

  test("filtering works by cloud and by need, which includes failures", () => {
    expect(found({ cloud: "GCP" })).toEqual(["c"])
    expect(found({ needsPerson: true })).toEqual(["a", "c"])
    expect(found({ needsPerson: true, cloud: "AWS" })).toEqual(["a"])
  })

  test("survives the way through the address", () => {
    const filter: ListFilter = { text: "a&b=ü", cloud: "AZURE", needsPerson: true }
    expect(readFilter(listFields, new URLSearchParams(writeFilter(listFields, filter).toString()))).toEqual(
      filter,
    )
  })

  test("an address that somebody mistyped narrows nothing", () => {
    expect(readFilter(listFields, new URLSearchParams("cloud=azure&needs=what"))).toEqual({
      text: "",
      cloud: null,
      needsPerson: false,
    })
  })
})
