import { parseCidr, parseIpv4 } from "#world/cidr.ts"
import type { Principal } from "#world/roles.ts"

/** A programmatic API key. */
export type ApiKey = Principal & { publicKey: string; label: string; privateKey: string }

/** The known keys, some of them revoked. */
export type KeyRing = {
  /** Returns null for an unknown or revoked key. */
  find: (publicKey: string) => ApiKey | null
  /** Returns false when there is no such key. */
  revoke: (publicKey: string) => boolean
  restoreAll: () => void
}

/** Creates a key ring. */
export function createKeyRing(keys: readonly ApiKey[]): KeyRing {
  const byPublicKey = new Map(keys.map((key) => [key.publicKey, key]))
  const revoked = new Set<string>()
  return {
    find: (publicKey) => (revoked.has(publicKey) ? null : (byPublicKey.get(publicKey) ?? null)),
    revoke(publicKey) {
      if (!byPublicKey.has(publicKey)) return false
      revoked.add(publicKey)
      return true
    },
    restoreAll: () => revoked.clear(),
  }
}

/** Returns true when an IPv4 address (also in its `::ffff:` form) is on an access list. */
export function isOnAccessList(remoteAddress: string, accessList: readonly string[]): boolean {
  const address = parseIpv4(toIpv4(remoteAddress))
  return accessList.some((entry) => {
    const block = parseCidr(entry)
    return address !== null && block !== null && block.first <= address && address <= block.last
  })
}

/** Writes an IPv6-mapped IPv4 address as IPv4, and IPv6 loopback as 127.0.0.1. */
export function toIpv4(remoteAddress: string): string {
  return remoteAddress === "::1" ? "127.0.0.1" : remoteAddress.replace(/^::ffff:/, "")
}
