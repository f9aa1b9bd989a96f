import type { ProviderName } from "@peering-desk/shared-schemas"
import { describe, expect, test } from "vitest"
import { normaliseField } from "./normalise-field.ts"
import type { PastedField } from "./pasted.ts"

const vpcArn = "arn:aws:ec2:eu-central-1:123456789012:vpc/vpc-0a1b2c3d4e5f60718"
const resourceId =
  "/subscriptions/2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/vnet-hub"
const selfLink =
  "https://www.googleapis.com/compute/v1/projects/acme-payments-prod/global/networks/payments-vpc"

type Typed = [field: PastedField, cloud: ProviderName, typed: string]

describe("Normalising a typed field", () => {
  test.each<[...Typed, value: string]>([
    ["awsAccountId", "AWS", "1234-5678-9012", "123456789012"],
    ["awsAccountId", "AWS", "1234 5678 9012", "123456789012"],
    ["awsAccountId", "AWS", " “123456789012” ", "123456789012"],
    ["vpcId", "AWS", "'vpc-0A1B2C3D'", "vpc-0a1b2c3d"],
    ["accepterRegionName", "AWS", "US_EAST_1", "us-east-1"],
    ["accepterRegionName", "AWS", "Frankfurt", "eu-central-1"],
    ["accepterRegionName", "AWS", "US East (N. Virginia)", "us-east-1"],
    ["accepterRegionName", "AWS", "us-east-1a", "us-east-1"],
    ["region", "AWS", "us-east-1", "US_EAST_1"],
    ["region", "AWS", "Europe (Frankfurt)", "EU_CENTRAL_1"],
    ["region", "AZURE", "West Europe", "EUROPE_WEST"],
    ["region", "AZURE", "(Europe) West Europe", "EUROPE_WEST"],
    ["regions", "GCP", "us-central1", "CENTRAL_US"],
    ["routeTableCidrBlock", "AWS", "10.0.0.1/16", "10.0.0.0/16"],
    ["atlasCidrBlock", "AWS", "10.8.0.0 / 21", "10.8.0.0/21"],
    ["routeTableCidrBlock", "AWS", "10.0.0.0 - 10.0.255.255", "10.0.0.0/16"],
    ["routeTableCidrBlock", "AWS", "10.20.4.0–10.20.7.255", "10.20.4.0/22"],
    [
      "azureSubscriptionId",
      "AZURE",
      "{2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42}",
      "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
    ],
    [
      "azureDirectoryId",
      "AZURE",
      "https://sts.windows.net/2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42/",
      "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42",
    ],
    ["awsAccountId", "AWS", "４８２９１３５７０２６４", "482913570264"],
    ["awsAccountId", "AWS", "«482913570264»", "482913570264"],
    ["vpcId", "AWS", "vpc\u2011\u00ad0a1b2c3d", "vpc-0a1b2c3d"],
    ["vpcId", "AWS", '["vpc-0a1b2c3d"]', "vpc-0a1b2c3d"],
    ["vpcId", "AWS", "\u202avpc–0a1b2c3d\u202c.", "vpc-0a1b2c3d"],
    ["accepterRegionName", "AWS", "us\u2011east\u20111", "us-east-1"],
    ["routeTableCidrBlock", "AWS", "10.250.0.0/16.", "10.250.0.0/16"],
    ["routeTableCidrBlock", "AWS", "（１０．２５０．０．０／１６）", "10.250.0.0/16"],
    ["networkBlocks", "AWS", '["10.0.0.0/16", "10.1.0.0/16\u200b"]', "10.0.0.0/16, 10.1.0.0/16"],
    ["peeredBlocks", "AZURE", "‘10.0.0.0/16’; vnet-hub", "10.0.0.0/16, vnet-hub"],
    ["resourceGroupName", "AZURE", "`rg-(prod)`", "rg-(prod)"],
    ["networkName", "GCP", "<payments-vpc>", "payments-vpc"],
    ["gcpProjectId", "GCP", "https://console.cloud.google.com/vpc?project=acme-prod-01", "acme-prod-01"],
    ["gcpProjectId", "GCP", "projects/acme-payments-prod", "acme-payments-prod"],
  ])("%s on %s turns %s into %s", (field, cloud, typed, value) => {
    const normalised = normaliseField(field, cloud, typed)
    expect(normalised?.value).toBe(value)
    expect(normalised?.why).toMatch(/\S[^.]$/)
    // Nothing is left to change.
    expect(normaliseField(field, cloud, value)).toBeNull()
  })

  test.each<[...Typed, value: string, others: Record<string, string>]>([
    [
      "vpcId",
      "AWS",
      vpcArn,
      "vpc-0a1b2c3d4e5f60718",
      { awsAccountId: "123456789012", accepterRegionName: "eu-central-1" },
    ],
    [
      "vpcId",
      "AWS",
      vpcArn.replace("0a1b2c3d4e5f60718", "0A1B2C3D4E5F60718"),
      "vpc-0a1b2c3d4e5f60718",
      { awsAccountId: "123456789012", accepterRegionName: "eu-central-1" },
    ],
    [
      "awsAccountId",
      "AWS",
      vpcArn,
      "123456789012",
      { vpcId: "vpc-0a1b2c3d4e5f60718", accepterRegionName: "eu-central-1" },
    ],
    ["networkName", "GCP", selfLink, "payments-vpc", { gcpProjectId: "acme-payments-prod" }],
    [
      "vnetName",
      "AZURE",
      `https://portal.azure.com/#view/HubsExtension/id/${encodeURIComponent(resourceId)}`,
      "vnet-hub",
      { azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42", resourceGroupName: "rg-net" },
    ],
    [
      "vnetName",
      "AZURE",
      resourceId,
      "vnet-hub",
      { azureSubscriptionId: "2f8a4c1e-93b7-4d0a-8e65-b1c7d9f03a42", resourceGroupName: "rg-net" },
    ],
  ])("%s on %s reads the other fields out of %s", (field, cloud, typed, value, others) => {
    expect(normaliseField(field, cloud, typed)).toMatchObject({ value, others })
  })

  test.each<Typed>([
    ["awsAccountId", "AWS", "123456789012"],
    ["awsAccountId", "AWS", "vpc-0a1b2c3d"],
    ["awsAccountId", "AWS", "12345678901"],
    ["vpcId", "AWS", "arn:aws:ec2:us-east-1:123456789012:vpc-peering-connection/pcx-0a1b2c3d"],
    ["vpcId", "AWS", `${vpcArn} arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0a1b2c3d`],
    ["vpcId", "AWS", resourceId],
    ["accepterRegionName", "AWS", "us"],
    ["routeTableCidrBlock", "AWS", "10.0.0.1"],
    ["routeTableCidrBlock", "AWS", "8.8.8.8/16"],
    ["routeTableCidrBlock", "AWS", "10.0.0.0 - 10.0.3.200"],
    ["routeTableCidrBlock", "AWS", "10.0.4.0 - 10.0.11.255"],
    ["routeTableCidrBlock", "AWS", "10.0.255.255 - 10.0.0.0"],
    ["networkName", "GCP", ""],
    ["networkBlocks", "AWS", "10.0.0.1/16"],
    ["networkBlocks", "AWS", "10.0.0.0/16,10.1.0.0/16"],
    ["resourceGroupName", "AZURE", "rg-(prod)"],
  ])("%s on %s keeps %s as typed", (field, cloud, typed) => {
    expect(normaliseField(field, cloud, typed)).toBeNull()
  })
})
