import { parseCidr, parseIpv4 } from "./cidr.ts"
import type { Project } from "./world.ts"

/** A role on the organisation (all its projects) or on one project. */
export type Role =
  | { orgId: string; roleName: "ORG_OWNER" | "ORG_READ_ONLY" }
  | { groupId: string; roleName: "GROUP_OWNER" | "GROUP_READ_ONLY" }

/** A programmatic API key; `accessList` holds CIDR blocks it may be used from, null for anywhere. */
export type ApiKey = {
  id: string
  label: string
  publicKey: string
  privateKey: string
  roles: readonly Role[]
  accessList: readonly string[] | null
}

/** Who is calling, whether by key or by service account. */
export type Principal = Pick<ApiKey, "id" | "publicKey" | "roles" | "accessList">

/** The keys that exist, and which of them have been revoked. */
export type KeyRing = {
  find: (publicKey: string) => ApiKey | null
  all: () => readonly (ApiKey & { revoked: boolean })[]
  /** Answers false when there is no such key. */
  revoke: (publicKey: string) => boolean
  restoreAll: () => void
}

/** Creates the ring; a revoked key is treated as one that never existed. */
export function createKeyRing(keys: readonly ApiKey[]): KeyRing {
  const byPublicKey = new Map(keys.map((key) => [key.publicKey, key]))
  const revoked = new Set<string>()
  return {
    find: (publicKey) => (revoked.has(publicKey) ? null : (byPublicKey.get(publicKey) ?? null)),
    all: () => keys.map((key) => ({ ...key, revoked: revoked.has(key.publicKey) })),
    revoke(publicKey) {
      if (!byPublicKey.has(publicKey)) return false
      revoked.add(publicKey)
      return true
    },
    restoreAll: () => revoked.clear(),
  }
}

const rolesOn = (principal: Principal, project: Project) =>
  principal.roles.filter((role) =>
    "orgId" in role ? role.orgId === project.orgId : role.groupId === project.id,
  )

/** Says whether the caller belongs to the project in any role. */
export function maySee(principal: Principal, project: Project): boolean {
  return rolesOn(principal, project).length > 0
}

/** Says whether the caller may change the project's network. */
export function mayChange(principal: Principal, project: Project): boolean {
  return rolesOn(principal, project).some((role) => role.roleName.endsWith("OWNER"))
}

/** Says whether an IPv4 address (also in its `::ffff:` form) is on an access list; IPv6 loopback counts as 127.0.0.1. */
export function isOnAccessList(remoteAddress: string, accessList: readonly string[]): boolean {
  const address = parseIpv4(toPlainAddress(remoteAddress))
  return accessList.some((entry) => {
    const block = parseCidr(entry)
    return address !== null && block !== null && block.first <= address && address <= block.last
  })
}

/** Strips the IPv6 dress from an IPv4 address. */
export function toPlainAddress(remoteAddress: string): string {
  return remoteAddress === "::1" ? "127.0.0.1" : remoteAddress.replace(/^::ffff:/, "")
}
