import * as z from "zod/mini"
import { Container } from "#atlas/container.ts"
import { PreflightAnswer } from "#requests/preflight.ts"
import { KeyKind } from "./project.ts"
import { ReadinessCheck } from "./readiness.ts"

/** Every way a call to the BFF can fail. Status (bff) and wording (web) tables do not compile when one is missing. */
export const ProblemCode = z.enum([
  // The request itself
  "invalid_request",
  "malformed_json",
  "body_too_large",
  "unsupported_media_type",
  "idempotency_key_required",
  "idempotency_key_reused",
  "still_running",
  "change_open",
  "not_found",
  "method_not_allowed",
  "forged_request",
  "too_many_requests",
  // Who asks
  "not_signed_in",
  "check_due",
  "other_person",
  "token_refused",
  "forbidden",
  "sign_in_failed",
  "identity_provider_unreachable",
  // What it named
  "project_not_found",
  "peering_not_found",
  "container_not_found",
  "hand_off_not_found",
  "hand_off_invalid",
  "hand_off_expired",
  "hand_off_revoked",
  // Our own rules, before Atlas is asked
  "preflight_refused",
  "plan_changed",
  "not_changeable",
  "managed_elsewhere",
  "facts_unreadable",
  "facts_of_another_network",
  "account_connected",
  "approval_closed",
  "not_declined",
  "decline_closed",
  "route_changed",
  "requester_gone",
  // Atlas, who said no
  "atlas_refused",
  "atlas_rights_missing",
  "atlas_keys_refused",
  "atlas_address_refused",
  "atlas_rate_limited",
  // Atlas, who did not say
  "atlas_unreachable",
  "atlas_timeout",
  "atlas_failed",
  "atlas_unreadable",
  "outcome_unknown",
  // Ourselves
  "store_unavailable",
  "shutting_down",
  "internal_error",
])
export type ProblemCode = z.infer<typeof ProblemCode>

/** Atlas's own words. */
export const AtlasRefusal = z.object({
  status: z.number(),
  errorCode: z.nullable(z.string()),
  detail: z.nullable(z.string()),
  /** The kind of the credential that Atlas answered; left out for an API key. */
  keyKind: z.optional(KeyKind),
  /** The resource policies that forbid it, as far as they are known; Atlas does not name them. */
  policies: z.optional(z.array(z.object({ name: z.string(), description: z.nullable(z.string()) }))),
})
export type AtlasRefusal = z.infer<typeof AtlasRefusal>

/** Tells if an errorCode says that a resource policy of the organization forbids a change. One is known; others would name them too. */
export function isPolicyCode(errorCode: string): boolean {
  return /RESOURCE_POLIC/.test(errorCode)
}

/** The body of every error answer (RFC 9457, `application/problem+json`). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: ProblemCode,
  requestId: z.string(),
  detail: z.optional(z.string()),
  /** Field name of the request body → what is wrong with it. */
  fields: z.optional(z.record(z.string(), z.string())),
  atlas: z.optional(AtlasRefusal),
  /** With `preflight_refused` and `plan_changed`: its current state. */
  preflight: z.optional(PreflightAnswer),
  /** A resource created before a later step failed. */
  made: z.optional(Container),
  /** Seconds after which asking again makes sense. */
  retryAfterSeconds: z.optional(z.number()),
  /** From `/readyz`, for operators: everything that was checked. */
  checks: z.optional(z.array(ReadinessCheck)),
})
export type Problem = z.infer<typeof Problem>

export const problemMediaType = "application/problem+json"
