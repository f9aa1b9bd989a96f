import { isIP } from "node:net"
import type { AtlasRefusal, ProblemCode } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { readErrorBody, type AtlasErrorBody } from "./atlas-error-body.ts"
import type { HttpAnswer } from "./http-answer.ts"
import { findRefusedFields } from "./request-fields.ts"
import { readRetryAfter } from "./retry-after.ts"

/** What a call changes at Atlas. */
export interface AtlasChange {
  method: "POST" | "PATCH" | "DELETE"
  /** A list when Atlas takes several things at once. */
  body?: object
}

export interface Circumstances {
  /** Null when the call cannot have changed anything. */
  change: AtlasChange | null
  now: number
  redact: (words: string) => string
}

// The documentation still calls some of them WHITELIST; the wire says ACCESS_LIST.
const addressCode = /_ON_(ACCESS_LIST|WHITELIST)$|_REQUIRES_(ACCESS_LIST|WHITELIST)$/
/** Codes of a 401 that is not about the credential but about what it may do. */
export const rightsCodes: ReadonlySet<string> = new Set(["USER_UNAUTHORIZED", "NOT_IN_GROUP"])
const projectCodes = new Set(["GROUP_NOT_FOUND", "INVALID_GROUP_ID", "NOT_ATLAS_GROUP"])
const containerCode = "CLOUD_PROVIDER_CONTAINER_NOT_FOUND"
const peeringCodes = new Set(["PEER_NOT_FOUND", "INVALID_PEER_ID"])

/** The credential is right, but may not be used from here. `address` is the one Atlas saw; null when it did not say. */
export class AddressRefused extends AppError {
  readonly address: string | null

  constructor(atlas: AtlasRefusal, address: string | null) {
    super("atlas_address_refused", { atlas })
    this.address = address
  }
}

/** Turns an answer that is not a success into the problem it is (Atlas: API errors). */
export function toAtlasError({ status, headers, text }: HttpAnswer, circumstances: Circumstances): AppError {
  const { change, now, redact } = circumstances
  const body = readErrorBody(text, redact)
  const code = toProblemCode(status, body.errorCode ?? "", change)
  const atlas = { status, errorCode: body.errorCode, detail: body.detail }
  if (code === "atlas_address_refused") return new AddressRefused(atlas, findAddress(body))
  const fields = code === "atlas_refused" ? findRefusedFields(body, toAsked(change)) : {}
  return new AppError(code, {
    atlas,
    ...(status < 400 && {
      detail: `The answer was a redirect (${status}), which is not followed. Is the base URL right?`,
    }),
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(status === 429 && { retryAfterSeconds: readRetryAfter(headers.get("retry-after"), now) }),
  })
}

/** The fields that were sent, by name; of a list, those of its first thing, since we send no more than one. */
function toAsked(change: AtlasChange | null): object {
  const body: unknown = Array.isArray(change?.body) ? change.body[0] : change?.body
  return typeof body === "object" && body !== null ? body : {}
}

function toProblemCode(status: number, errorCode: string, change: AtlasChange | null): ProblemCode {
  if (status === 429) return "atlas_rate_limited"
  // A change that Atlas failed at may have been carried out all the same.
  if (status >= 500) return change === null ? "atlas_failed" : "outcome_unknown"
  // So may one that was answered with Found or See Other, while the other redirects carry nothing out.
  if (status < 400)
    return change !== null && (status === 302 || status === 303) ? "outcome_unknown" : "atlas_unreadable"
  if (addressCode.test(errorCode)) return "atlas_address_refused"
  if (status === 401) return rightsCodes.has(errorCode) ? "atlas_rights_missing" : "atlas_keys_refused"
  if (status === 403)
    return /LIMIT|EXCEEDED|MAXIMUM/.test(errorCode) ? "atlas_refused" : "atlas_rights_missing"
  if (projectCodes.has(errorCode)) return "project_not_found"
  // Sent as a field it is a wrong value, and not what the call is about.
  if (errorCode === containerCode && !Object.hasOwn(toAsked(change), "containerId"))
    return "container_not_found"
  return peeringCodes.has(errorCode) ? "peering_not_found" : "atlas_refused"
}

function findAddress({ parameters, detail }: AtlasErrorBody): string | null {
  const words = [...parameters, ...(detail?.split(/\s+/) ?? [])]
  return words.find((word): word is string => typeof word === "string" && isIP(word) > 0) ?? null
}

/** A success whose content is not what it should be. Of a change, the success stands nonetheless. */
export function toUnreadable(status: number, detail: string, changing: boolean): AppError {
  return new AppError(changing ? "outcome_unknown" : "atlas_unreadable", {
    detail,
    atlas: { status, errorCode: null, detail: null },
  })
}
