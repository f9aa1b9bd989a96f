import * as z from "zod/mini"

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

/** The people who ask, by their role in the project. An API token asks as its owner and as `token`: the stricter line counts. */
export const Asker = z.enum(["requester", "administrator", "token"])
export type Asker = z.infer<typeof Asker>

/** The least role in the project of the person who approves. Nobody approves what they asked for. */
export const ApprovalNeed = z.enum(["requester", "administrator"])
export type ApprovalNeed = z.infer<typeof ApprovalNeed>
