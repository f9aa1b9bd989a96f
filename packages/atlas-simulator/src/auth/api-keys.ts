import { parseCidr, parseIpv4 } from "#world/cidr.ts"
import type { Principal } from "#world/roles.ts"

/** A programmatic API key. */
export type ApiKey = Principal & { label: string; privateKey: string }

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
