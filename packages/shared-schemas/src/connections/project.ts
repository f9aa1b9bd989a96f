import * as z from "zod/mini"
import { ApprovalAction, ApprovalNeed } from "#requests/approval-policy.ts"
import { ProviderName } from "#clouds/provider.ts"

/**
 * The right of a project's Atlas key to create peerings there, by its last test. A network access manager's key creates them in
 * existing containers only, since a container takes the owner's role.
 */
export const KeyMayCreate = z.enum(["yes", "in-existing-containers", "no", "unknown"])
export type KeyMayCreate = z.infer<typeof KeyMayCreate>

/** An API key, which signs by HTTP digest, or a service account, which gets tokens (OAuth 2.0). */
export const KeyKind = z.enum(["digest", "service-account"])
export type KeyKind = z.infer<typeof KeyKind>

/** `v1.0` has plain JSON on the older paths of Atlas's API, `2023-01-01` is a dated version of its v2 paths. */
export const AtlasApiVersion = z.enum(["v1.0", "2023-01-01"])
export type AtlasApiVersion = z.infer<typeof AtlasApiVersion>

/** An Atlas project (its older name, group, is still in the API's paths). */
export const Project = z.object({
  id: z.string(),
  name: z.string(),
  keyMayCreate: z.optional(KeyMayCreate),
  /** The kind of the project's Atlas key; left out while no key is known to serve it. */
  keyKind: z.optional(KeyKind),
  /** The version of Atlas's API that its calls use. */
  apiVersion: z.optional(AtlasApiVersion),
  /** The caller's changes there that another person has to approve; left out without any. */
  approvals: z.optional(
    z.array(z.object({ providerName: ProviderName, action: ApprovalAction, needs: ApprovalNeed })),
  ),
})
export type Project = z.infer<typeof Project>

export const ProjectList = z.object({ projects: z.array(Project) })
export type ProjectList = z.infer<typeof ProjectList>
