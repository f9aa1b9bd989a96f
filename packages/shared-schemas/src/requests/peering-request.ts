import * as z from "zod/mini"
import {
  awsAccountIdRule,
  awsRegionRule,
  azureResourceGroupRule,
  azureSubscriptionIdRule,
  azureVnetNameRule,
  containerIdRule,
  gcpNetworkNameRule,
  gcpProjectIdRule,
  routeTableCidrRule,
  textField,
  uuidRule,
  vpcIdRule,
} from "#clouds/field-rules.ts"

/** @param isAlso what may stand in the id's place */
export function containerIdField(isAlso: (text: string) => boolean = () => false) {
  return textField("Choose a container", (text) => (isAlso(text) ? null : containerIdRule(text)))
}

const containerId = containerIdField()

/** Atlas: Create One New Network Peering Connection, AWS fields. */
export const AwsPeeringRequest = z.strictObject({
  providerName: z.literal("AWS"),
  containerId,
  accepterRegionName: textField("Choose the region of your VPC", awsRegionRule),
  awsAccountId: textField("Enter the AWS account ID, 12 digits", awsAccountIdRule),
  routeTableCidrBlock: textField("Enter the VPC CIDR", routeTableCidrRule),
  vpcId: textField("Enter the VPC ID, vpc-…", vpcIdRule),
})
export type AwsPeeringRequest = z.infer<typeof AwsPeeringRequest>

/** Atlas: Create One New Network Peering Connection, GCP fields. Both names are of *your* side, not of Atlas's. */
export const GcpPeeringRequest = z.strictObject({
  providerName: z.literal("GCP"),
  containerId,
  gcpProjectId: textField("Enter your Google Cloud project ID", gcpProjectIdRule),
  networkName: textField("Enter your VPC network name", gcpNetworkNameRule),
})
export type GcpPeeringRequest = z.infer<typeof GcpPeeringRequest>

/** Atlas: Create One New Network Peering Connection, Azure fields. `atlasCidrBlock` of the old example is not one of them. */
export const AzurePeeringRequest = z.strictObject({
  providerName: z.literal("AZURE"),
  containerId,
  azureDirectoryId: textField("Enter the directory (tenant) ID", uuidRule("A directory ID")),
  azureSubscriptionId: textField("Enter the subscription ID", azureSubscriptionIdRule),
  resourceGroupName: textField("Enter the resource group name", azureResourceGroupRule),
  vnetName: textField("Enter the VNet name", azureVnetNameRule),
})
export type AzurePeeringRequest = z.infer<typeof AzurePeeringRequest>

/** The body of `POST /groups/{GROUP-ID}/peers`: exactly the fields of the chosen cloud, nothing else. */
export const PeeringRequest = z.discriminatedUnion(
  "providerName",
  [AwsPeeringRequest, GcpPeeringRequest, AzurePeeringRequest],
  {
    error: "providerName is AWS, GCP or AZURE",
  },
)
export type PeeringRequest = z.infer<typeof PeeringRequest>
