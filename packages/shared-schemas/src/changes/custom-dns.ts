import * as z from "zod/mini"
import { ChangeReason } from "#requests/create-peering.ts"

/** A project's custom DNS for clusters on AWS (Atlas: AWS Clusters DNS). Enabled, these clusters get private connection strings. */
export const CustomDns = z.object({ enabled: z.boolean() })
export type CustomDns = z.infer<typeof CustomDns>

/** The body of `PATCH /api/projects/{projectId}/custom-dns`. */
export const ChangeCustomDns = z.strictObject({
  enabled: z.boolean(),
  reason: ChangeReason.shape.reason,
})
export type ChangeCustomDns = z.infer<typeof ChangeCustomDns>
