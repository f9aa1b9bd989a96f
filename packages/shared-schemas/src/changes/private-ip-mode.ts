import * as z from "zod/mini"
import { ChangeReason } from "#requests/create-peering.ts"

/** "Connect via Peering Only" of a project (Atlas: Get `privateIpMode`); a relic that peering has not needed since 2020. */
export const PrivateIpMode = z.object({ enabled: z.boolean() })
export type PrivateIpMode = z.infer<typeof PrivateIpMode>

/** The body of `PATCH /api/projects/{projectId}/private-ip-mode`. v2 of Atlas's API only lets it be switched off. */
export const ChangePrivateIpMode = z.strictObject({
  enabled: z.boolean(),
  reason: ChangeReason.shape.reason,
})
export type ChangePrivateIpMode = z.infer<typeof ChangePrivateIpMode>
