/** An IPv4 block; `first` and `last` are the addresses as unsigned 32-bit numbers. */
export type CidrBlock = {
  first: number
  last: number
  prefix: number
  hasHostBits: boolean
  canonical: string
}

/** Writes an unsigned 32-bit number as `a.b.c.d`. */
export const toDotted = (n: number): string =>
  [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255].join(".")

/** Parses `a.b.c.d` into a number, or null. Refuses leading zeros, which some parsers take for octal. */
export function parseIpv4(text: string): number | null {
  const parts = text.split(".")
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) {
    return null
  }
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

/** Parses `a.b.c.d/n` (RFC 4632), or null. Reports host bits and does not clear them. */
export function parseCidr(text: string): CidrBlock | null {
  const [address = "", prefixText = "", ...rest] = text.split("/")
  const ip = parseIpv4(address)
  if (ip === null || rest.length > 0 || !/^(0|[1-9]\d?)$/.test(prefixText) || Number(prefixText) > 32)
    return null
  const prefix = Number(prefixText)
  const size = 2 ** (32 - prefix)
  const first = Math.floor(ip / size) * size
  const canonical = `${toDotted(first)}/${prefix}`
  return { first, last: first + size - 1, prefix, hasHostBits: first !== ip, canonical }
}

/** Returns true when two blocks share an address; false when either text is not a block. */
export function overlaps(left: string, right: string): boolean {
  const [a, b] = [parseCidr(left), parseCidr(right)]
  return a !== null && b !== null && a.first <= b.last && b.first <= a.last
}

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(parseCidr)

/** Returns true when the whole block lies in one of the private ranges of RFC 1918. */
export function isPrivate(block: CidrBlock): boolean {
  return privateRanges.some(
    (range) => range !== null && range.first <= block.first && block.last <= range.last,
  )
}
