/** One challenge of a `WWW-Authenticate` header; parameter names and the scheme in lower case, values without their quotes. */
export interface Challenge {
  scheme: string
  /** Set instead of parameters by schemes such as Negotiate. */
  token68: string | null
  params: Map<string, string>
}

/** What a digest challenge must hold for us to answer it. */
export interface DigestChallenge {
  realm: string
  nonce: string
  opaque: string | null
  /** Spelled as in RFC 7616. */
  algorithm: DigestAlgorithm
  /** The server knows the key but this nonce is used up: the same request may be repeated with the new one. */
  stale: boolean
  /** The server knows the name by its hash as well, which is the only way to send one outside ASCII (RFC 7616 §3.4.4). */
  userhash: boolean
}

/** Strongest first; of two with the same hash the one without a session comes first. */
const supportedAlgorithms = [
  "SHA-512-256",
  "SHA-512-256-sess",
  "SHA-256",
  "SHA-256-sess",
  "MD5",
  "MD5-sess",
] as const
type DigestAlgorithm = (typeof supportedAlgorithms)[number]

const separators = /[ \t,]*/y
const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y
const token68 = /[ \t]+([A-Za-z0-9\-._~+/]+=*)[ \t]*(?=,|$)/y
const equals = /[ \t]*=[ \t]*/y
const quotedString = /"((?:[^"\\]|\\[^])*)"/y
/** What may follow a scheme or a value: spaces, then the next element or the end. */
const boundary = /[ \t]*(?:(?=,)|$)/y

/**
 * Reads one or more challenges, also of several headers joined by commas (RFC 9110 §11.6.1).
 * Never throws: reading ends at the first thing outside the grammar, and the challenge it stands in is dropped.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: Challenge[] = []
  let position = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position
    const match = pattern.exec(header)
    if (match !== null) position = pattern.lastIndex
    return match
  }

  for (let gap = take(separators)?.[0]; position < header.length; gap = take(separators)?.[0]) {
    const current = challenges.at(-1)
    const name = take(token)?.[0].toLowerCase()
    if (name === undefined) return challenges.slice(0, -1)
    if (take(equals) !== null) {
      const value = take(quotedString)?.[1]?.replace(/\\([^])/g, "$1") ?? take(token)?.[0]
      if (value === undefined || take(boundary) === null || current === undefined || current.token68 !== null)
        return challenges.slice(0, -1)
      if (!current.params.has(name)) current.params.set(name, value)
      continue
    }
    if (current !== undefined && !gap?.includes(",")) return challenges.slice(0, -1)
    challenges.push({ scheme: name, token68: take(token68)?.[1] ?? null, params: new Map() })
    if (!/[ \t,]/.test(header[position] ?? ",")) return challenges.slice(0, -1)
  }
  return challenges
}

/**
 * The digest challenge we answer: the strongest algorithm we know, with `qop` auth (RFC 7616 §3.3, §3.7).
 * Null when there is none, also when only auth-int is offered. Without `qop` there is no count against replays, so that is none.
 */
export function chooseDigestChallenge(header: string | null): DigestChallenge | null {
  const usable = parseChallenges(header ?? "").flatMap((challenge) => toDigestChallenge(challenge) ?? [])
  const rank = (challenge: DigestChallenge) => supportedAlgorithms.indexOf(challenge.algorithm)
  return usable.toSorted((one, other) => rank(one) - rank(other))[0] ?? null
}

/** The nonce the server wants used next, from an `Authentication-Info` header (RFC 7616 §3.5); null when it names none. */
export function readNextNonce(header: string | null): string | null {
  return parseChallenges(`Digest ${header ?? ""}`)[0]?.params.get("nextnonce") ?? null
}

function toDigestChallenge({ scheme, params }: Challenge): DigestChallenge | null {
  const realm = params.get("realm")
  const nonce = params.get("nonce")
  const named = (params.get("algorithm") ?? "MD5").toLowerCase()
  const algorithm = supportedAlgorithms.find((known) => known.toLowerCase() === named)
  const offersAuth = params
    .get("qop")
    ?.split(",")
    .some((qop) => qop.trim().toLowerCase() === "auth")
  if (scheme !== "digest" || realm === undefined || !nonce || algorithm === undefined || !offersAuth)
    return null
  // A nonce is hashed as it stands and echoed as it came; one that needs escaping would be two different texts.
  if (/["\\]/.test(nonce)) return null
  const saysTrue = (name: string) => params.get(name)?.toLowerCase() === "true"
  return {
    realm,
    nonce,
    opaque: params.get("opaque") ?? null,
    algorithm,
    stale: saysTrue("stale"),
    userhash: saysTrue("userhash"),
  }
}
