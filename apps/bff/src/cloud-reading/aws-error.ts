import type { ReadProblem } from "./reading.ts"

/** Kinds of refusals by AWS, and failures before it. */
export type Refusal = "right" | "credentials" | "clock" | "throttled" | "region" | "unreachable" | "other"

const refusals: Readonly<Record<string, Refusal>> = {
  UnauthorizedOperation: "right",
  AccessDenied: "right",
  AccessDeniedException: "right",
  AuthFailure: "credentials",
  ExpiredToken: "credentials",
  ExpiredTokenException: "credentials",
  InvalidAccessKeyId: "credentials",
  InvalidClientTokenId: "credentials",
  InvalidIdentityToken: "credentials",
  // EC2 says it of credentials that ended, and STS would have refused a clock first.
  RequestExpired: "credentials",
  SignatureDoesNotMatch: "credentials",
  UnrecognizedClientException: "credentials",
  RequestTimeTooSkewed: "clock",
  RequestInTheFuture: "clock",
  RequestLimitExceeded: "throttled",
  RequestThrottled: "throttled",
  RequestThrottledException: "throttled",
  SlowDown: "throttled",
  Throttling: "throttled",
  ThrottlingException: "throttled",
  TooManyRequestsException: "throttled",
  OptInRequired: "region",
  RegionDisabledException: "region",
  AbortError: "unreachable",
  TimeoutError: "unreachable",
}
const longestWords = 300

/** Tells if AWS says that a thing isn't there: rights and credentials were right. */
export function isNotFound(error: unknown): boolean {
  return readError(error).name.endsWith(".NotFound")
}

/** Finds what an error of the SDK means. */
export function toRefusal(error: unknown): Refusal {
  const { name, message, isAnswer, status } = readError(error)
  if (/signature expired|not yet current/i.test(message)) return "clock"
  const known = refusals[name]
  if (known !== undefined) return known
  if (status === 429) return "throttled"
  return isAnswer ? "other" : "unreachable"
}

/** Returns AWS's code and words, without what could be a key or a token. */
export function toAwsWords(error: unknown): string {
  const { name, message, isAnswer, status } = readError(error)
  if (!isAnswer) return ["AbortError", "TimeoutError"].includes(name) ? "no answer in time" : name
  // The words of a refused signature repeat what was signed, the session token with it.
  if (name === "SignatureDoesNotMatch" && !/signature expired|not yet current/i.test(message)) return name
  const [line = ""] = message.split("\n")
  const words = line
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{8,}/g, "…")
    .replace(/[\w+/=-]{80,}|(?<![\w+/=-])[A-Za-z0-9+/]{40}(?![\w+/=-])/g, "…")
    .replace(/[\p{C}\p{Z}]+/gu, " ")
    .trim()
    .slice(0, longestWords)
    .replace(/\.$/, "")
  const code = status !== undefined && !/^[\w.]{1,80}$/.test(name) ? `status ${status}` : name
  return words === "" || words === name ? code : `${code}: ${words}`
}

/** Returns the problem that a refusal of EC2 is; null for a missing right. */
export function toProblem(error: unknown, region: string): ReadProblem | null {
  const words = toAwsWords(error)
  switch (toRefusal(error)) {
    case "right":
      return null
    case "throttled":
      return { code: "throttled", says: `AWS limits how often this account may be asked (${words}).` }
    case "region":
      return toRegionOff(region, words)
    case "unreachable":
      return { code: "unreachable", says: `AWS could not be reached (${words}).` }
    case "clock":
      return toClockApart(words)
    case "credentials":
      return { code: "unexpected", says: `AWS no longer accepts the role's session (${words}).` }
    case "other":
      return { code: "unexpected", says: `AWS failed (${words}).` }
  }
}

export function toRegionOff(region: string, words: string): ReadProblem {
  return {
    code: "region-off",
    says: `AWS refuses the account in ${region}, a region that it has switched off (${words}).`,
  }
}

export function toClockApart(words: string): ReadProblem {
  return {
    code: "clock-apart",
    says: `The clock of this server is more than 5 minutes from AWS's, so AWS refuses its signatures (${words}).`,
  }
}

function readError(error: unknown) {
  if (!(error instanceof Error)) return { name: "Error", message: "", isAnswer: false, status: undefined }
  const { $metadata, code, $response } = error as {
    $metadata?: { httpStatusCode?: number }
    code?: unknown
    $response?: { statusCode?: number }
  }
  const status = $metadata?.httpStatusCode ?? $response?.statusCode
  // A connection that failed has Node's code: ECONNREFUSED, ENOTFOUND.
  const name = status === undefined && typeof code === "string" && error.name === "Error" ? code : error.name
  return { name, message: error.message, isAnswer: status !== undefined, status }
}
