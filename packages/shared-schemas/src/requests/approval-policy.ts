import * as z from "zod/mini"
import { AtlasId } from "#values/ids.ts"
import { ProviderName } from "#clouds/provider.ts"

/** The actions of a connection. Deleting a failed one and requesting it again is a deletion and a create. */
export const connectionActions = ["create", "change", "delete"] as const

/** The actions that a policy tells apart: those of a connection, and those of its project. */
export const ApprovalAction = z.enum([
  ...connectionActions,
  "container",
  "access-list",
  "private-ip-mode",
  "custom-dns",
])
export type ApprovalAction = z.infer<typeof ApprovalAction>

const someAction = `must name at least one of ${ApprovalAction.options.join(", ")}, or be "*"`

/** The people who ask, by their role in the project. An API token asks as its owner and as `token`: the stricter line counts. */
export const Asker = z.enum(["requester", "administrator", "token"])
export type Asker = z.infer<typeof Asker>

/** The least role in the project of the person who approves. Nobody approves what they asked for. */
export const ApprovalNeed = z.enum(["requester", "administrator"])
export type ApprovalNeed = z.infer<typeof ApprovalNeed>

function someOf<Schema extends z.core.SomeType>(schema: Schema) {
  return z.optional(z.array(schema, "must be a list").check(z.minLength(1, "must name at least one")))
}

/**
 * A line of the policy. A list that is left out means all, but for actions: then it means those of a connection. The first line that
 * fits decides.
 */
export const ApprovalPolicyLine = z.strictObject({
  projects: z.union(
    [z.literal("*"), z.array(AtlasId).check(z.minLength(1))],
    'must be "*" or a list of project ids (24 hexadecimal digits)',
  ),
  clouds: someOf(z.enum(ProviderName.options, "must be AWS, GCP or AZURE")),
  actions: z.optional(
    z.union([z.literal("*"), z.array(ApprovalAction).check(z.minLength(1, someAction))], someAction),
  ),
  askers: someOf(z.enum(Asker.options, "must be requester, administrator or token")),
  /** `nobody`: no approval is needed. */
  needs: z.enum([...ApprovalNeed.options, "nobody"], "must be requester, administrator or nobody"),
})
export type ApprovalPolicyLine = z.infer<typeof ApprovalPolicyLine>
