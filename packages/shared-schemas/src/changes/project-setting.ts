import * as z from "zod/mini"
import { ChangeReason } from "#requests/create-peering.ts"

/**
 * A setting of a project at Atlas: "Connect via Peering Only" (Atlas: `privateIpMode`), a relic that peering has not needed since 2020, or
 * custom DNS of clusters on AWS (Atlas: AWS Clusters DNS), which gives them private connection strings.
 */
export const ProjectSetting = z.object({ enabled: z.boolean() })
export type ProjectSetting = z.infer<typeof ProjectSetting>

/** The body of a `PATCH` that switches such a setting. v2 of Atlas's API lets `privateIpMode` be switched off only. */
export const ChangeProjectSetting = z.strictObject({
  enabled: z.boolean(),
  reason: ChangeReason.shape.reason,
})
export type ChangeProjectSetting = z.infer<typeof ChangeProjectSetting>
