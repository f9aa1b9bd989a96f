import { expect, test } from "vitest"
import { findRefusedFields } from "./request-fields.ts"
import { awsRequest, azureRequest, gcpRequest } from "#test/support/atlas.ts"

const refusal = (
  errorCode: string,
  parameters: unknown[] = [],
  describedFields: { field: string; description: string }[] = [],
) => ({
  errorCode,
  detail: "Atlas says no.",
  parameters,
  describedFields,
})

test.each([
  ["INVALID_ROUTE_TABLE_CIDR", awsRequest, ["8.8.0.0/16"], "routeTableCidrBlock"],
  ["OVERLAPPING_CIDR_BLOCK", awsRequest, ["10.0.0.0/8"], "routeTableCidrBlock"],
  ["OVERLAPPING_ATLAS_CIDR_BLOCK", awsRequest, ["10.0.0.0/8"], "routeTableCidrBlock"],
  ["PEER_ALREADY_EXISTS", awsRequest, [], "vpcId"],
  ["PEER_ALREADY_EXISTS_GCP", gcpRequest, [], "networkName"],
  ["PEER_ALREADY_EXISTS_AZURE", azureRequest, [], "vnetName"],
  ["CLOUD_PROVIDER_CONTAINER_NOT_FOUND", gcpRequest, [], "containerId"],
  ["INVALID_ATTRIBUTE", azureRequest, ["resourceGroupName"], "resourceGroupName"],
  ["MISSING_ATTRIBUTE", awsRequest, ["vpcId"], "vpcId"],
  ["INVALID_ENUM_VALUE", awsRequest, ["us-west-1"], "accepterRegionName"],
] as const)("%s points at one field", (errorCode, request, parameters, field) => {
  expect(findRefusedFields(refusal(errorCode, [...parameters]), request)).toEqual({
    [field]: "Atlas says no.",
  })
})

test("several missing attributes point at each field, in any notation", () => {
  const expected = { vpcId: "Atlas says no.", awsAccountId: "Atlas says no." }
  expect(findRefusedFields(refusal("MISSING_ATTRIBUTES", ["[vpcId, awsAccountId]"]), awsRequest)).toEqual(
    expected,
  )
  expect(findRefusedFields(refusal("MISSING_ATTRIBUTES", [["vpcId", "awsAccountId"]]), awsRequest)).toEqual(
    expected,
  )
})

test("a v2 description of fields is used", () => {
  const described = [
    { field: "$.vpcId", description: "must match" },
    { field: "elsewhere", description: "x" },
  ]
  expect(findRefusedFields(refusal("VALIDATION_ERROR", [], described), awsRequest)).toEqual({
    vpcId: "must match",
  })
})

test.each([
  ["PEER_ALREADY_EXISTS", gcpRequest, []],
  ["INVALID_ATTRIBUTE", awsRequest, ["atlasCidrBlock"]],
  ["INVALID_ATTRIBUTE", awsRequest, ["constructor", { vpcId: 1 }, null]],
  ["AZURE_CUSTOMER_NETWORK_VALIDATION_FAILED", azureRequest, []],
  ["PEER_MAXIMUM_REACHED", awsRequest, ["50"]],
  ["toString", awsRequest, []],
])("%s without a parameter of the request points at no field", (errorCode, request, parameters) => {
  expect(findRefusedFields(refusal(errorCode, parameters), request)).toEqual({})
})
