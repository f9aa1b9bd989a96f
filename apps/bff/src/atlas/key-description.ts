import { RawAnswer } from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import type { AccountSecret } from "./account-secrets.ts"

const id = z.catch(z.nullable(z.string()), null)

const KeyRole = z.object({ roleName: z.string(), projectId: id, orgId: id })
/** A role in one project, or in an organization with all its projects. */
export type KeyRole = z.infer<typeof KeyRole>

/** A project that a key sees. */
export type SeenProject = NonNullable<ReturnType<typeof readSeenProject>>

/** Atlas's description of the calling key. A field that Atlas leaves out is null. */
export interface KeyDescription {
  roles: KeyRole[] | null
  /** Projects in which it may have more roles than these, since Atlas did not tell them. */
  unknownIn: readonly string[]
  /** CIDR blocks that the key may be used from. */
  accessList: string[] | null
  projects: SeenProject[]
  /** Whether it may read the resource policies of its organization. */
  readsPolicies: "yes" | "no" | "unknown"
  /** The secrets of a service account. Null for an API key, which has one that does not expire, and where Atlas does not tell. */
  secrets: AccountSecret[] | null
}

/** Reads the part of a description that the root has of an API key; null when the body is no object (Atlas: root, `SystemStatus`). */
export function readKeyRoot(body: unknown): Pick<KeyDescription, "roles" | "accessList"> | null {
  const root = RawAnswer.safeParse(body).data
  if (root === undefined) return null
  const key = RawAnswer.safeParse(root["apiKey"]).data ?? {}
  return {
    roles: readEach(key["roles"], (role) => {
      const { roleName, groupId, orgId } = role
      return KeyRole.safeParse({ roleName, projectId: groupId, orgId }).data ?? null
    }),
    accessList: readEach(key["accessList"], toAccessBlock),
  }
}

/** Reads an entry of the access list of a key or a service account; null when it has no block. */
export function toAccessBlock({ cidrBlock, ipAddress }: RawAnswer): string | null {
  const block = cidrBlock ?? ipAddress
  return typeof block === "string" ? block : null
}

/** Reads a project; null without an id. Without a name its id is the name. */
export function readSeenProject({ id: projectId, name, orgId }: RawAnswer) {
  if (typeof projectId !== "string") return null
  return {
    id: projectId,
    name: typeof name === "string" ? name : projectId,
    orgId: typeof orgId === "string" ? orgId : null,
  }
}

function readEach<T>(list: unknown, read: (entry: RawAnswer) => T | null): T[] | null {
  if (!Array.isArray(list)) return null
  return list.flatMap((entry: unknown) => {
    const { data } = RawAnswer.safeParse(entry)
    return (data === undefined ? null : read(data)) ?? []
  })
}
