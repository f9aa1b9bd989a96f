import { isIP } from "node:net"
import type { AtlasRefusal, PeeringRequest, ProblemCode } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { readErrorBody, type AtlasErrorBody } from "./atlas-error-body.ts"
import type { HttpAnswer } from "./http-answer.ts"
import { findRefusedFields } from "./request-fields.ts"
import { readRetryAfter } from "./retry-after.ts"

export interface Circumstances {
  /** What a create asked for; null when the call cannot have changed anything. */
  create: PeeringRequest | null
  now: number
  strikeOut: (words: string) => string
}

// The documentation still calls some of them WHITELIST; the wire says ACCESS_LIST.
const addressCode = /_ON_(ACCESS_LIST|WHITELIST)$|_REQUIRES_(ACCESS_LIST|WHITELIST)$/
/** Codes of a 401 that is not about the credential but about what it may do. */
export const rightsCodes: ReadonlySet<string> = new Set(["USER_UNAUTHORIZED", "NOT_IN_GROUP"])
const projectCodes = new Set(["GROUP_NOT_FOUND", "INVALID_GROUP_ID", "NOT_ATLAS_GROUP"])
const peeringCodes = new Set(["PEER_NOT_FOUND", "INVALID_PEER_ID"])

/** The credential is right, but may not be used from here. `address` is the one Atlas saw; null when it did not say. */
export class AddressRefused extends AppError {
  readonly address: string | null

  constructor(atlas: AtlasRefusal, address: string | null) {
    super("atlas_address_refused", {
      atlas,
      ...(address !== null && { detail: `Atlas saw this server's requests come from ${address}.` }),
    })
    this.address = address
  }
}

/** Turns an answer that is not a success into the problem it is (Atlas: API errors). */
export function toAppError({ status, headers, text }: HttpAnswer, circumstances: Circumstances): AppError {
  const { create, now, strikeOut } = circumstances
  const body = readErrorBody(text, strikeOut)
  const code = toProblemCode(status, body.errorCode ?? "", create !== null)
  const atlas = { status, errorCode: body.errorCode, detail: body.detail }
  if (code === "atlas_address_refused") return new AddressRefused(atlas, findAddress(body))
  const fields = create === null || code !== "atlas_refused" ? {} : findRefusedFields(body, create)
  return new AppError(code, {
    atlas,
    ...(status < 400 && {
      detail: `The answer was a redirect (${status}), which is not followed. Is the base URL right?`,
    }),
    ...(Object.keys(fields).length > 0 && { fields }),
    ...(status === 429 && { retryAfterSeconds: readRetryAfter(headers.get("retry-after"), now) }),
  })
}

function toProblemCode(status: number, errorCode: string, creating: boolean): ProblemCode {
  if (status === 429) return "atlas_rate_limited"
  // A create that Atlas failed at may have been carried out all the same.
  if (status >= 500) return creating ? "outcome_unknown" : "atlas_failed"
  // So may one that was answered with Found or See Other, while the other redirects carry nothing out.
  if (status < 400)
    return creating && (status === 302 || status === 303) ? "outcome_unknown" : "atlas_unreadable"
  if (addressCode.test(errorCode)) return "atlas_address_refused"
  if (status === 401) return rightsCodes.has(errorCode) ? "atlas_rights_missing" : "atlas_keys_refused"
  if (status === 403)
    return /LIMIT|EXCEEDED|MAXIMUM/.test(errorCode) ? "atlas_refused" : "atlas_rights_missing"
  if (projectCodes.has(errorCode)) return "project_not_found"
  return peeringCodes.has(errorCode) ? "peering_not_found" : "atlas_refused"
}

function findAddress({ parameters, detail }: AtlasErrorBody): string | null {
  const words = [...parameters, ...(detail?.split(/\s+/) ?? [])]
  return words.find((word): word is string => typeof word === "string" && isIP(word) > 0) ?? null
}

/** A success whose content is not what it should be. Of a create, the success stands nonetheless. */
export function toUnreadable(status: number, detail: string, creating: boolean): AppError {
  return new AppError(creating ? "outcome_unknown" : "atlas_unreadable", {
    detail,
    atlas: { status, errorCode: null, detail: null },
  })
}
