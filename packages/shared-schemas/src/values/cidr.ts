/** An IPv4 block. `network` is the address as an unsigned 32-bit number, `prefix` its length in bits. */
export interface Cidr {
  network: number
  prefix: number
}

// One pattern rather than parts taken apart: a verdict reads thousands of blocks.
const block = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\/(0|[1-9]\d?)$/

/**
 * Reads `a.b.c.d/n` strictly: four decimal octets without leading zeros, a prefix of 0 to 32.
 * Common libraries read `010.0.0.0/8` as 8.0.0.0/8 or accept `10.0.0/24`; Atlas does not, so neither may we.
 * Returns null when the text is not of that form. Host bits are kept: see `toCanonicalCidr`.
 */
export function parseCidr(text: string): Cidr | null {
  const found = block.exec(text)
  if (found === null) return null
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = found.slice(1).map(Number)
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return null
  return { network: ((a * 256 + b) * 256 + c) * 256 + d, prefix }
}

/** Clears the host bits, returning the block of that text. */
export function toCanonicalCidr({ network, prefix }: Cidr): Cidr {
  const size = 2 ** (32 - prefix)
  return { network: Math.floor(network / size) * size, prefix }
}

export function formatCidr({ network, prefix }: Cidr): string {
  return `${[24, 16, 8, 0].map((shift) => (network >>> shift) & 255).join(".")}/${prefix}`
}

/** The blocks of RFC 1918, the only ones Atlas peers with. */
export const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]

/** Returns whether every address of the block is private (RFC 1918). */
export function isPrivateCidr(cidr: Cidr): boolean {
  return privateRanges.some((range) => {
    const outer = parseCidr(range)
    return (
      outer !== null &&
      cidr.prefix >= outer.prefix &&
      toCanonicalCidr({ network: cidr.network, prefix: outer.prefix }).network === outer.network
    )
  })
}
