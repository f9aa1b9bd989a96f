import * as z from "zod/mini"
import { awsFields } from "#fields/aws.ts"
import { azureFields } from "#fields/azure.ts"
import { textField, toShape } from "#fields/field-schema.ts"
import { gcpFields } from "#fields/gcp.ts"
import { containerField } from "#fields/request-fields.ts"

const containerId = textField(containerField)

/** Atlas: Create One New Network Peering Connection, AWS fields. */
export const AwsPeeringRequest = z.strictObject({
  providerName: z.literal("AWS"),
  containerId,
  ...toShape(awsFields),
})
export type AwsPeeringRequest = z.infer<typeof AwsPeeringRequest>

/** Atlas: Create One New Network Peering Connection, GCP fields. */
export const GcpPeeringRequest = z.strictObject({
  providerName: z.literal("GCP"),
  containerId,
  ...toShape(gcpFields),
})
export type GcpPeeringRequest = z.infer<typeof GcpPeeringRequest>

/** Atlas: Create One New Network Peering Connection, Azure fields. */
export const AzurePeeringRequest = z.strictObject({
  providerName: z.literal("AZURE"),
  containerId,
  ...toShape(azureFields),
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
