/** One challenge of a `WWW-Authenticate` header, with scheme and names in lower case and values without quotes. */
export interface Challenge {
  scheme: string
  /** Schemes such as Negotiate have it instead of parameters. */
  token68: string | null
  params: Map<string, string>
}

/** A digest challenge that we can answer. */
export type DigestChallenge = NonNullable<ReturnType<typeof toDigestChallenge>>

/** Strongest first; of two with the same hash the one without a session comes first. */
const supportedAlgorithms = [
  "SHA-512-256",
  "SHA-512-256-sess",
  "SHA-256",
  "SHA-256-sess",
  "MD5",
  "MD5-sess",
] as const

const separators = /[ \t,]*/y
const token = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y
const token68 = /[ \t]+([A-Za-z0-9\-._~+/]+=*)[ \t]*(?=,|$)/y
const equals = /[ \t]*=[ \t]*/y
const quotedString = /"((?:[^"\\]|\\[^])*)"/y
/** Matches what may follow a scheme or a value: spaces, then the next element or the end. */
const boundary = /[ \t]*(?:(?=,)|$)/y

/**
 * Parses one or more challenges, also from several headers joined by commas (RFC 9110 §11.6.1).
 * Never throws: parsing ends at the first thing outside the grammar and drops the challenge it is in.
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
 * Chooses the digest challenge to answer: the strongest known algorithm, with `qop` auth (RFC 7616 §3.3, §3.7).
 * Null for auth-int alone, and without `qop`, which would leave requests without a count against replays.
 */
export function chooseDigestChallenge(header: string | null): DigestChallenge | null {
  const usable = parseChallenges(header ?? "").flatMap((challenge) => toDigestChallenge(challenge) ?? [])
  const rank = (challenge: DigestChallenge) => supportedAlgorithms.indexOf(challenge.algorithm)
  return usable.toSorted((one, other) => rank(one) - rank(other))[0] ?? null
}

/** Reads the nonce to use next from an `Authentication-Info` header (RFC 7616 §3.5); null when it has none. */
export function readNextNonce(header: string | null): string | null {
  return parseChallenges(`Digest ${header ?? ""}`)[0]?.params.get("nextnonce") ?? null
}

function toDigestChallenge({ scheme, params }: Challenge) {
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
  // The nonce is hashed and echoed unchanged. One that needs escaping would be two different texts.
  if (/["\\]/.test(nonce)) return null
  const saysTrue = (name: string) => params.get(name)?.toLowerCase() === "true"
  return {
    realm,
    nonce,
    opaque: params.get("opaque") ?? null,
    /** Spelled as in RFC 7616. */
    algorithm,
    /** The nonce is used up, not the key refused: the request may be repeated with the new nonce. */
    stale: saysTrue("stale"),
    /** The server accepts the hash of the name, the only way to send a name outside ASCII (RFC 7616 §3.4.4). */
    userhash: saysTrue("userhash"),
  }
}
