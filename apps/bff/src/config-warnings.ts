import { isLoopbackHost } from "#http/loopback.ts"
import { parseDatabaseUrl } from "./environment.ts"

interface Inputs {
  environment: Readonly<Record<string, string | undefined>>
  /** Every variable that may be set, without those of `_FILE`. */
  names: readonly string[]
  ruleCount: number
  /** The values that the settings and their defaults give. */
  values: Record<(typeof capped)[number][number], number> & { DATABASE_URL?: string | undefined }
  /** True where browsers use https and no proxy is trusted. */
  lacksProxy: boolean
}

/** Settings that count no further than another one, which is behind each. */
const capped = [
  ["API_TOKEN_DAYS", "API_TOKEN_MAX_DAYS"],
  ["HEADERS_TIMEOUT_SECONDS", "REQUEST_TIMEOUT_SECONDS"],
] as const

/** Shorter names are one letter from names of other programs. */
const shortestTypo = 6

/** Finds settings with which a server starts but which are probably mistakes. Each warning is a sentence without a value. */
export function findConfigWarnings(inputs: Inputs): string[] {
  const { environment, names, ruleCount, values, lacksProxy } = inputs
  const warnings = findUnknownVariables(environment, names)
  if (environment["NODE_TLS_REJECT_UNAUTHORIZED"] === "0")
    warnings.push(
      "NODE_TLS_REJECT_UNAUTHORIZED=0 turns off the check of certificates: anyone on the way can read and change what Atlas and the identity provider answer. Remove it; NODE_EXTRA_CA_CERTS adds a private certificate authority.",
    )
  if (ruleCount === 0) warnings.push("ACCESS_RULES_FILE has no rule. Nobody can use this server.")
  if (lacksProxy)
    warnings.push(
      "PUBLIC_URL is https, and TRUST_PROXY trusts no proxy. Nobody can sign in: requests seem to come by plain http.",
    )
  if (values.DATABASE_URL !== undefined && isPlaintext(values.DATABASE_URL))
    warnings.push(
      "DATABASE_URL asks for no TLS. The connection to PostgreSQL is not encrypted; sslmode=verify-full encrypts it.",
    )
  for (const [name, most] of capped)
    // A default above it is no mistake of the operator.
    if ((environment[name] || environment[`${name}_FILE`]) && values[name] > values[most])
      warnings.push(`${name} is above ${most}, which counts instead.`)
  return warnings
}

/** Finds variables with the name of a setting and a typing error or without its `_FILE`, and those with a beginning of ours that do not exist. */
export function findUnknownVariables(environment: Inputs["environment"], names: readonly string[]): string[] {
  const known = new Set(names.flatMap((name) => [name, `${name}_FILE`]))
  const unknown = Object.keys(environment).filter((name) => !known.has(name) && environment[name])
  return unknown.flatMap((written) => {
    const meant = [...known].find(
      (name) => name === `${written}_FILE` || (written.length >= shortestTypo && isTypo(written, name)),
    )
    if (meant !== undefined) return [`${written} is not a setting and has no effect. Is ${meant} meant?`]
    return /^(ATLAS|OIDC|POLL|RATE|SMTP)_/.test(written)
      ? [`${written} is not a setting and has no effect.`]
      : []
  })
}

/** Returns true when two names differ by one letter, or by two neighbours that changed places. */
function isTypo(written: string, name: string): boolean {
  const shorter = Math.min(written.length, name.length)
  let start = 0
  while (start < shorter && written[start] === name[start]) start += 1
  let end = 0
  while (end < shorter - start && written.at(-1 - end) === name.at(-1 - end)) end += 1
  const one = written.slice(start, written.length - end)
  const other = name.slice(start, name.length - end)
  const areSwapped = one.length === 2 && one[0] === other[1] && one[1] === other[0]
  return areSwapped || (one.length <= 1 && other.length <= 1)
}

/** Returns true for a database elsewhere whose URL asks for no TLS. A socket's folder is the host of a local one. */
function isPlaintext(databaseUrl: string): boolean {
  const url = parseDatabaseUrl(databaseUrl)
  if (url === null) return false
  const { hostname, searchParams } = url
  const host = searchParams.get("host") ?? hostname
  if (host === "" || host.startsWith("/") || isLoopbackHost(host)) return false
  const mode = searchParams.get("sslmode") ?? "disable"
  return ["disable", "allow", "prefer"].includes(mode) && searchParams.get("ssl") !== "true"
}
