import type { ProblemCode } from "@peering-desk/shared-schemas"

/**
 * The HTTP status and the short title of every problem. 401 and 403 are about the person; when Atlas refuses *our* key the
 * person did nothing wrong, so that is a 502.
 */
export const problemStatus: Record<ProblemCode, { status: number; title: string }> = {
  invalid_request: { status: 400, title: "The request is not as it should be" },
  malformed_json: { status: 400, title: "The body is not JSON" },
  body_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body must be application/json" },
  idempotency_key_required: { status: 400, title: "The Idempotency-Key header is missing or malformed" },
  idempotency_key_reused: { status: 422, title: "This Idempotency-Key was used for another request" },
  still_running: { status: 409, title: "The same request is still running" },
  not_found: { status: 404, title: "There is nothing at this address" },
  method_not_allowed: { status: 405, title: "This address does not know that method" },
  forged_request: { status: 403, title: "The request did not come from this site" },
  too_many_requests: { status: 429, title: "Too many requests in a short time" },
  not_signed_in: { status: 401, title: "Nobody is signed in" },
  forbidden: { status: 403, title: "Your role does not allow this" },
  sign_in_failed: { status: 400, title: "The sign-in could not be completed" },
  identity_provider_unreachable: { status: 503, title: "The identity provider could not be reached" },
  project_not_found: { status: 404, title: "No such project" },
  peering_not_found: { status: 404, title: "No such peering connection" },
  container_not_found: { status: 404, title: "No such container" },
  preflight_refused: { status: 422, title: "Atlas would refuse this, so it was not sent" },
  plan_changed: { status: 409, title: "What the plan rests on has changed" },
  atlas_refused: { status: 422, title: "Atlas refused the request" },
  atlas_rights_missing: { status: 502, title: "The Atlas API key lacks the rights for this" },
  atlas_keys_refused: { status: 502, title: "Atlas does not accept the API key" },
  atlas_address_refused: { status: 502, title: "Atlas refuses the API key from this server's address" },
  atlas_rate_limited: { status: 503, title: "Atlas asks for a pause" },
  atlas_unreachable: { status: 503, title: "Atlas could not be reached; nothing was asked" },
  atlas_timeout: { status: 504, title: "Atlas did not answer in time" },
  atlas_failed: { status: 502, title: "Atlas had an error of its own" },
  atlas_unreadable: { status: 502, title: "Atlas answered something that cannot be read" },
  outcome_unknown: { status: 504, title: "Atlas was asked, but its answer was lost" },
  store_unavailable: { status: 503, title: "The database could not be reached" },
  shutting_down: { status: 503, title: "The server is stopping" },
  internal_error: { status: 500, title: "Something went wrong here" },
}
