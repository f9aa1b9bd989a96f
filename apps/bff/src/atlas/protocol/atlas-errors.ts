import { isIP } from "node:net"
import { isPolicyCode, type AtlasRefusal, type KeyKind, type ProblemCode } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { readErrorBody, type AtlasErrorBody } from "./atlas-error-body.ts"
import type { HttpAnswer } from "./http-answer.ts"
import { findRefusedFields } from "./request-fields.ts"
import { readRetryAfter } from "./retry-after.ts"

/** Method and body of a call that changes something. */
export interface AtlasChange {
  method: "POST" | "PATCH" | "DELETE"
  /** A list where Atlas takes several things at once. */
  body?: object
}

export interface Circumstances {
  /** Null for a call that only reads. */
  change: AtlasChange | null
  now: number
  keyKind: KeyKind
  redact: (words: string) => string
}

// The documentation still calls some of them WHITELIST; answers have ACCESS_LIST.
const addressCode = /_ON_(ACCESS_LIST|WHITELIST)$|_REQUIRES_(ACCESS_LIST|WHITELIST)$/
/** Codes of a 401 about the rights of the credential, not about the credential itself. */
export const rightsCodes: ReadonlySet<string> = new Set([
  "USER_UNAUTHORIZED",
  "NOT_IN_GROUP",
  "USER_CANNOT_ACCESS_ORG",
])
const projectCodes = new Set(["GROUP_NOT_FOUND", "INVALID_GROUP_ID", "NOT_ATLAS_GROUP"])
const containerCode = "CLOUD_PROVIDER_CONTAINER_NOT_FOUND"
const peeringCodes = new Set(["PEER_NOT_FOUND", "INVALID_PEER_ID"])

/** Thrown when the credential may not be used from our address. `address` is the one that Atlas saw; null when it does not say. */
export class AddressRefused extends AppError {
  readonly address: string | null

  constructor(atlas: AtlasRefusal, address: string | null) {
    super("atlas_address_refused", { atlas })
    this.address = address
  }
}

/** Turns an unsuccessful answer into a problem (Atlas: API errors). */
export function toAtlasError({ status, headers, text }: HttpAnswer, circumstances: Circumstances): AppError {
  const { change, now, redact, keyKind } = circumstances
  const body = readErrorBody(text, redact)
  const atlas = toRefusal(status, body, keyKind)
  if (status === 401 && /\bstale\s*=\s*"?true\b/i.test(headers.get("www-authenticate") ?? ""))
    return new AppError("atlas_failed", {
      detail: "Atlas called each nonce stale and carried nothing out; the key was not refused",
      atlas,
    })
  const code = toProblemCode(status, body.errorCode ?? "", change)
  if (code === "atlas_address_refused") return new AddressRefused(atlas, findAddress(body))
  const fields = code === "atlas_refused" ? findRefusedFields(body, toAsked(change)) : {}
  return new AppError(code, {
    atlas,
    ...(status < 400 && {
      detail: `The answer was a redirect (${status}), which is not followed. Is the base URL right?`,
    }),
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(status === 429 && { retryAfterSeconds: readRetryAfter(headers, now) }),
  })
}

/** Builds Atlas's own words, with the kind of the credential where it is no API key. */
export function toRefusal(
  status: number,
  { errorCode, detail }: Pick<AtlasRefusal, "errorCode" | "detail">,
  keyKind: KeyKind,
): AtlasRefusal {
  return { status, errorCode, detail, ...(keyKind !== "digest" && { keyKind }) }
}

/** Returns the sent fields by name; of a list, those of its first element, since we send one only. */
function toAsked(change: AtlasChange | null): object {
  const body: unknown = Array.isArray(change?.body) ? change.body[0] : change?.body
  return typeof body === "object" && body !== null ? body : {}
}

function toProblemCode(status: number, errorCode: string, change: AtlasChange | null): ProblemCode {
  if (status === 429) return "atlas_rate_limited"
  // Atlas may have carried out a change that it failed at.
  if (status >= 500) return change === null ? "atlas_failed" : "outcome_unknown"
  // The same holds for Found and See Other. Other redirects carry nothing out.
  if (status < 400)
    return change !== null && (status === 302 || status === 303) ? "outcome_unknown" : "atlas_unreadable"
  if (addressCode.test(errorCode)) return "atlas_address_refused"
  if (status === 401) return rightsCodes.has(errorCode) ? "atlas_rights_missing" : "atlas_keys_refused"
  // A 403 without a need for more rights.
  if (isPolicyCode(errorCode)) return "atlas_refused"
  if (status === 403)
    return /LIMIT|EXCEEDED|MAXIMUM/.test(errorCode) ? "atlas_refused" : "atlas_rights_missing"
  if (projectCodes.has(errorCode)) return "project_not_found"
  // A field that was sent has a wrong value, and is not what the call is about.
  if (errorCode === containerCode && !Object.hasOwn(toAsked(change), "containerId"))
    return "container_not_found"
  return peeringCodes.has(errorCode) ? "peering_not_found" : "atlas_refused"
}

function findAddress({ parameters, detail }: AtlasErrorBody): string | null {
  const words = [...parameters, ...(detail?.split(/\s+/) ?? [])]
  return words.find((word): word is string => typeof word === "string" && isIP(word) > 0) ?? null
}

/** Builds the problem of a success with an unexpected body. A change was carried out nonetheless. */
export function toUnreadable(status: number, detail: string, changing: boolean): AppError {
  return new AppError(changing ? "outcome_unknown" : "atlas_unreadable", {
    detail,
    atlas: { status, errorCode: null, detail: null },
  })
}
