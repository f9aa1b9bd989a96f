import { expect, test } from "vitest"
import { inferProviderName, providerNames, readAtlasPeer, readFailure, readStatus } from "#index.ts"
import { readContainer, readContainerRegion, readVpcRegionId } from "#index.ts"

const id = "1112222b3bf99403840e8934"

test.each(providerNames)("a status of %s that nobody has heard of is kept word for word", (providerName) => {
  const field = providerName === "AWS" ? "statusName" : "status"
  const peer = readAtlasPeer({ id, [field]: "HIBERNATING" }, providerName)
  expect(peer && readStatus(peer)).toBe("HIBERNATING")
})

test.each(providerNames)(
  "an answer of %s that has an id and nothing else is still a connection",
  (providerName) => {
    const peer = readAtlasPeer({ id }, providerName)
    expect(peer).toEqual({ id, providerName })
    expect(peer && readStatus(peer)).toBeNull()
    expect(peer && readFailure(peer)).toBeNull()
  },
)

test("fields that are new to us stay with the connection", () => {
  expect(readAtlasPeer({ id, created: "2026-08-01", tags: [{ key: "team" }] }, "GCP")).toMatchObject({
    created: "2026-08-01",
    tags: [{ key: "team" }],
  })
})

test.each([
  ["AWS", { statusName: 7, vpcId: null, errorMessage: ["no"], routeTableCidrBlock: {} }],
  ["GCP", { status: {}, networkName: 3, errorMessage: false }],
  ["AZURE", { status: true, vnetName: [], errorState: 1 }],
] as const)("fields of %s with a wrong type read as not given", (providerName, fields) => {
  const peer = readAtlasPeer({ id, ...fields }, providerName)
  expect(peer).not.toBeNull()
  for (const name of Object.keys(fields)) expect(peer).toHaveProperty(name, null)
})

test("the asker's memory of the cloud wins over what the answer says", () => {
  expect(readAtlasPeer({ id, providerName: "Azure" }, "AZURE")?.providerName).toBe("AZURE")
})

test("an answer that belongs to no cloud we know tells none", () => {
  expect(inferProviderName({ id, status: "AVAILABLE" })).toBeNull()
})

test("the text null in a container, which the documentation prints, means not given", () => {
  const container = readContainer({ id, gcpProjectId: "null", networkName: "null" }, "GCP")
  expect(container).toMatchObject({ gcpProjectId: null, networkName: null })
})

test("a container with wrong types in it is still a container", () => {
  expect(
    readContainer({ id, atlasCidrBlock: 8, provisioned: "yes", regions: "everywhere" }, "GCP"),
  ).toMatchObject({ id, atlasCidrBlock: null, provisioned: null, regions: null })
})

test.each([
  [readContainer({ id, regionName: "US_EAST_1" }, "AWS"), "US_EAST_1"],
  [readContainer({ id, region: "EUROPE_WEST" }, "AZURE"), "EUROPE_WEST"],
  [readContainer({ id, regions: ["CENTRAL_US", "US_EAST_4"] }, "GCP"), "CENTRAL_US, US_EAST_4"],
  [readContainer({ id }, "GCP"), null],
])("the region of a container, in the field its cloud has it in: %#", (container, region) => {
  expect(container && readContainerRegion(container)).toBe(region)
})

test("a VPC's region is in AWS's spelling, and the container's own when Atlas leaves it out", () => {
  const container = readContainer({ id, regionName: "EU_WEST_1" }, "AWS")
  expect(readVpcRegionId({ accepterRegionName: "us-east-1" }, container)).toBe("us-east-1")
  expect(readVpcRegionId({ accepterRegionName: "US_EAST_1" }, container)).toBe("us-east-1")
  expect(readVpcRegionId({ accepterRegionName: null }, container)).toBe("eu-west-1")
  expect(readVpcRegionId({}, null)).toBeNull()
  expect(readVpcRegionId({}, readContainer({ id, region: "EUROPE_WEST" }, "AZURE"))).toBeNull()
})
