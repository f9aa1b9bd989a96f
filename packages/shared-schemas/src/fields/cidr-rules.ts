import { formatCidr, isPrivateCidr, parseCidr, privateRanges, toCanonicalCidr } from "#values/cidr.ts"
import { expected, suggest, type FieldProblem, type Rule } from "./field.ts"

/** Finds what is wrong with a text that should be one IPv4 CIDR, private or not. */
function checkCidr(text: string): FieldProblem | string | null {
  const cidr = parseCidr(text)
  if (cidr === null) {
    const network = parseCidr(`${text}/16`)
    if (network !== null) return `Add the prefix length, as in ${formatCidr(toCanonicalCidr(network))}`
    if (/[\s,;]/.test(text)) return "Enter one CIDR only"
    if (isIpv6(text)) return "Atlas peers over IPv4 only. Enter the IPv4 CIDR"
    if (Number(/^\d+(?:\.\d+){3}\/(\d+)$/.exec(text)?.[1]) > 32) return "A prefix length is at most /32"
    if (/^\d+(?:\.\d+){3}\/\d+$/.test(text))
      return "Each number of an address is 0 to 255, without leading zeros"
    const sentence = "Enter a CIDR like 10.15.0.0/16"
    return /^\d/.test(text) ? sentence : expected(text, sentence)
  }
  const canonical = formatCidr(toCanonicalCidr(cidr))
  return canonical === text ? null : suggest(`${text} isn't a network address. Use`, canonical)
}

const isIpv6 = (text: string) => /^[0-9a-f:]+:[0-9a-f:]*(\/\d+)?$/i.test(text)

/** Refuses what is no private CIDR. */
export const privateCidrRule: Rule = (text) => {
  const cidr = parseCidr(text)
  const problem = checkCidr(text)
  if (problem !== null || cidr === null || isPrivateCidr(cidr)) return problem
  return `Atlas peers with private addresses only: ${privateRanges.join(", ")}`
}

/** Refuses what is no private CIDR for Atlas's side. Preflight checks its size against the cloud. */
export const atlasCidrRule: Rule = (text) => {
  const cidr = parseCidr(text)
  if (cidr === null) return "Enter a CIDR like 10.8.0.0/21"
  const canonical = formatCidr(toCanonicalCidr(cidr))
  if (canonical !== text) return suggest(`${text} isn't a network address. Use`, canonical)
  return isPrivateCidr(cidr) ? null : `The Atlas CIDR must be private: ${privateRanges.join(", ")}`
}

/** Says what is wrong with the first of a network's CIDRs that is not one. Those of IPv6 are left alone. */
export function explainNetworkBlocks(blocks: readonly string[]): string | null {
  for (const block of blocks) {
    const problem = isIpv6(block) ? null : checkCidr(block)
    const message = typeof problem === "object" ? (problem?.message ?? null) : problem
    if (message !== null) return message.includes(block) ? message : `${block}: ${message}`
  }
  return null
}

/** Lists the spellings of a CIDR: without spaces, and a range of addresses, `10.0.0.0 - 10.0.255.255`, as one CIDR. */
export function listCidrSpellings(text: string): string[] {
  const [first, last] = text.split(/\s*[-–—]\s*/).map((address) => parseCidr(`${address}/32`)?.network)
  const spaceless = text.replace(/\s/g, "")
  if (first === undefined || last === undefined || last < first) return [spaceless]
  const prefix = 32 - Math.log2(last - first + 1)
  const cidr = { network: first, prefix }
  const isOne = Number.isInteger(prefix) && toCanonicalCidr(cidr).network === first
  return isOne ? [spaceless, formatCidr(cidr)] : [spaceless]
}
