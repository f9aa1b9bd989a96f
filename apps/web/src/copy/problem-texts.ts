import type { ProblemCode } from "@peering-desk/shared-schemas"

export interface ProblemText {
  title: string
  /** The meaning for the person, and the next step. */
  advice: string
}

/** The title and advice of each problem. Does not compile when a code is missing. */
export const problemTexts: Record<ProblemCode, ProblemText> = {
  too_many_requests: {
    title: "Too many requests in a short time",
    advice: "The server takes a pause for your account or address. Wait a moment and try again.",
  },
  not_signed_in: {
    title: "You are signed out",
    advice: "Your session has ended, or there was none. Sign in again; what you typed is kept.",
  },
  forbidden: {
    title: "Your role does not allow this",
    advice: "Nothing was changed. Whoever looks after the access of this installation can give you the role.",
  },
  project_not_found: {
    title: "No such project",
    advice:
      "Atlas has no project with this id, or this server's API key may not see it. Choose another one above.",
  },
  atlas_refused: {
    title: "Atlas refused the request",
    advice: "Nothing was created or changed. Atlas says why below.",
  },
  atlas_rights_missing: {
    title: "The API key lacks the rights for this",
    advice: "Whoever runs this server gives its Atlas API key the Project Owner role in this project.",
  },
  atlas_keys_refused: {
    title: "Atlas does not accept this server's API key",
    advice: "You did nothing wrong. Whoever runs this server checks the key; it may be revoked or mistyped.",
  },
  atlas_address_refused: {
    title: "Atlas does not accept calls from this server's address",
    advice: "Whoever runs this server adds its address to the access list of the Atlas API key.",
  },
  atlas_rate_limited: {
    title: "Atlas asks for a pause",
    advice: "It allows a number of calls a minute and that is used up. Nothing is lost.",
  },
  atlas_unreachable: {
    title: "Atlas cannot be reached",
    advice: "Nothing was asked of it and nothing was changed. It is tried again.",
  },
  atlas_timeout: {
    title: "Atlas did not answer in time",
    advice: "It was only asked to read, so nothing was changed. It is tried again.",
  },
  atlas_failed: {
    title: "Atlas had an error of its own",
    advice: "Try again in a minute. If it stays, the status page of MongoDB Atlas may say more.",
  },
  atlas_unreadable: {
    title: "Atlas answered something that cannot be read",
    advice: "A proxy between this server and Atlas may have answered in its place. Try again in a minute.",
  },
  store_unavailable: {
    title: "The server cannot reach its database",
    advice: "Nothing can be read or changed until it can. What you typed is kept; try again in a moment.",
  },
  shutting_down: {
    title: "The server is restarting",
    advice: "Try again in a few seconds. Nothing was sent to Atlas.",
  },
  internal_error: {
    title: "Something went wrong in this server",
    advice: "Try again. If it stays, give the request id below to whoever runs this server.",
  },
  invalid_request: {
    title: "Something in the request is not right",
    advice: "Correct what is marked and send it again. Nothing was sent to Atlas.",
  },
  malformed_json: {
    title: "The server could not read the request",
    advice: "Reload the page and try again. Nothing was sent to Atlas.",
  },
  body_too_large: {
    title: "The request is too large",
    advice: "A field holds far more text than it should. Nothing was sent to Atlas.",
  },
  unsupported_media_type: {
    title: "The server could not read the request",
    advice: "Reload the page and try again. Nothing was sent to Atlas.",
  },
  idempotency_key_required: {
    title: "The request came without its number",
    advice: "Reload the page and send it again. Nothing was sent to Atlas.",
  },
  idempotency_key_reused: {
    title: "This form was already sent with other values",
    advice:
      "Look in the list whether the first connection is there, then send these values as a new request.",
  },
  still_running: {
    title: "The same request is still on its way to Atlas",
    advice: "Wait a few seconds. The connection appears in the list as soon as Atlas answers.",
  },
  not_found: {
    title: "There is nothing at this address",
    advice: "The page may come from an older version. Reload it.",
  },
  method_not_allowed: {
    title: "The server does not know this action",
    advice: "The page may come from an older version. Reload it.",
  },
  forged_request: {
    title: "The server did not take the request",
    advice: "It takes changes only from its own pages. Open it at its usual address and try again.",
  },
  sign_in_failed: {
    title: "The sign-in could not be completed",
    advice: "Start it again. An old link, a second tab or a long pause can be the reason.",
  },
  identity_provider_unreachable: {
    title: "Your organisation's sign-in cannot be reached",
    advice: "Try again in a minute. If it stays, whoever runs this server checks its connection to it.",
  },
  peering_not_found: {
    title: "No such connection",
    advice: "Atlas lists no connection with this id in this project. It may have been removed.",
  },
  container_not_found: {
    title: "There is no such container",
    advice: "It may have been deleted. Go back to the project's containers.",
  },
  hand_off_not_found: {
    title: "There is no such link",
    advice: "Reload the list of links.",
  },
  hand_off_invalid: {
    title: "This link is not complete",
    advice: "Copy it again, whole, or ask for a new one.",
  },
  hand_off_expired: {
    title: "This link has ended",
    advice: "Ask for a new one.",
  },
  hand_off_revoked: {
    title: "This link was taken back",
    advice: "Ask for a new one.",
  },
  preflight_refused: {
    title: "Atlas would refuse this",
    advice: "Nothing was sent. The checks beside the form say what stands in the way.",
  },
  plan_changed: {
    title: "The project has changed since the plan was shown",
    advice: "Nothing was sent. Look at the new plan, then create it.",
  },
  not_changeable: {
    title: "This connection can't be changed",
    advice: "Make a new one and delete this one. Nothing was sent.",
  },
  outcome_unknown: {
    title: "Atlas was asked, and it is not known what came of it",
    advice: "It may have been done all the same. Look at what Atlas has now before you ask again.",
  },
}
