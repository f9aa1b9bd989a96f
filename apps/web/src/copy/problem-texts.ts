import type { ProblemCode } from "@peering-desk/shared-schemas"

export interface ProblemText {
  title: string
  /** The meaning for the person, and the next step. `{pause|in a minute}` is the time until the next try. */
  advice: string
}

/** The title and advice of each problem. Does not compile when a code is missing. */
export const problemTexts: Record<ProblemCode, ProblemText> = {
  too_many_requests: {
    title: "Too many requests",
    advice: "Try again {pause|in a moment}.",
  },
  not_signed_in: {
    title: "You are signed out",
    advice: "Your session has ended. Sign in again. What you typed is kept.",
  },
  check_due: {
    title: "Sign in again",
    advice: "Your organisation's sign-in has to confirm your session. What you typed is kept.",
  },
  other_person: {
    title: "Somebody else is signed in in this browser now",
    advice:
      "Nothing was sent. To send it, sign in as yourself again. What you typed in a new connection is kept.",
  },
  token_refused: {
    title: "API token refused",
    advice: "Nothing was changed. Create a new token for the script.",
  },
  forbidden: {
    title: "Your role doesn't allow this",
    advice: "Nothing was changed. Your Peering Desk administrator can give you the role.",
  },
  project_not_found: {
    title: "Project not found",
    advice:
      "Atlas has no project with this ID, or your role or this server's API key has no access to it. Choose another project.",
  },
  atlas_refused: {
    title: "Atlas rejected the request",
    advice: "Nothing was created or changed. See the reason below.",
  },
  atlas_rights_missing: {
    title: "The API key lacks the required role",
    advice:
      "Your Peering Desk administrator can give the Atlas API key a role in this project: Project Network Access Manager for connections and the access list, Project Owner for everything else.",
  },
  atlas_keys_refused: {
    title: "Atlas rejected this server's API key",
    advice: "Your Peering Desk administrator can check the API key. It may be revoked or mistyped.",
  },
  atlas_address_refused: {
    title: "This server's address isn't allowed in Atlas",
    advice: "Your Peering Desk administrator can add the address to the API key's access list.",
  },
  atlas_rate_limited: {
    title: "Atlas rate limit reached",
    advice: "Nothing is lost. Try again {pause|in a minute}.",
  },
  atlas_unreachable: {
    title: "Can't reach Atlas",
    advice: "Nothing was sent or changed. Peering Desk keeps trying.",
  },
  atlas_timeout: {
    title: "Atlas didn't answer in time",
    advice: "Nothing was changed. Peering Desk keeps trying.",
  },
  atlas_failed: {
    title: "Atlas returned an error",
    advice: "Try again {pause|in a minute}. If this continues, check the MongoDB Atlas status page.",
  },
  atlas_unreadable: {
    title: "Atlas sent an unreadable answer",
    advice: "A proxy between this server and Atlas may have answered instead. Try again {pause|in a minute}.",
  },
  store_unavailable: {
    title: "The server can't use its database",
    advice: "Nothing is lost. Try again {pause|in a moment}.",
  },
  shutting_down: {
    title: "The server is restarting",
    advice: "Try again {pause|in a few seconds}. Nothing was sent to Atlas.",
  },
  internal_error: {
    title: "Something broke on the server",
    advice: "Try again. If this continues, send the request ID below to your Peering Desk administrator.",
  },
  invalid_request: {
    title: "Check the marked fields",
    advice: "Nothing was sent to Atlas. Correct the fields and try again.",
  },
  malformed_json: {
    title: "The server couldn't read the request",
    advice: "Nothing was sent to Atlas. Reload the page and try again.",
  },
  body_too_large: {
    title: "The request is too large",
    advice: "Nothing was sent to Atlas. A field has too much text.",
  },
  unsupported_media_type: {
    title: "The server couldn't read the request",
    advice: "Nothing was sent to Atlas. Reload the page and try again.",
  },
  idempotency_key_required: {
    title: "Request is missing its idempotency key",
    advice: "Nothing was sent to Atlas. Reload the page and try again.",
  },
  idempotency_key_reused: {
    title: "This form was sent before",
    advice: "Check the list for the first connection, then send this as a new request.",
  },
  still_running: {
    title: "The same request is still running",
    advice: "Wait a few seconds. The connection appears in the list once Atlas answers.",
  },
  change_open: {
    title: "Another change of this connection is open",
    advice: "Nothing was sent. Once that one has ended, send yours again if it is still needed.",
  },
  facts_unreadable: {
    title: "Can't read the pasted text",
    advice: "Copy the script again, run it in the network's cloud, and paste all of its output.",
  },
  account_connected: {
    title: "This account is connected already",
    advice:
      "Nothing was changed. Disconnect the other entry of this project first, or enter a role of another account.",
  },
  facts_of_another_network: {
    title: "The output is about another network",
    advice:
      "Sign in to the account that owns this connection's network, run the script again and paste its output.",
  },
  managed_elsewhere: {
    title: "Another tool manages this connection",
    advice: "Nothing was sent. Change it in its code, or ask an administrator to unlock it here.",
  },
  not_found: {
    title: "Not found",
    advice: "It may be gone already, or the page may come from an older version. Reload it.",
  },
  method_not_allowed: {
    title: "The server doesn't know this action",
    advice: "The page may come from an older version. Reload it.",
  },
  forged_request: {
    title: "The server rejected the request",
    advice:
      "Changes are accepted only from Peering Desk's own pages. Open it at its usual address and try again.",
  },
  sign_in_failed: {
    title: "Sign-in failed",
    advice: "Sign in again. An old link, a second tab or a long pause may be the cause.",
  },
  identity_provider_unreachable: {
    title: "Can't reach your organisation's sign-in",
    advice: "Try again {pause|in a minute}. If this continues, tell your Peering Desk administrator.",
  },
  peering_not_found: {
    title: "Connection not found",
    advice: "Atlas lists no connection with this ID in this project. It may have been deleted.",
  },
  container_not_found: {
    title: "Container not found",
    advice: "It may have been deleted. Go back to Containers.",
  },
  hand_off_not_found: {
    title: "Link not found",
    advice: "Reload the list of links.",
  },
  hand_off_invalid: {
    title: "This link is incomplete",
    advice: "Copy the whole link again, or ask for a new one.",
  },
  hand_off_expired: {
    title: "This link has expired",
    advice: "Ask for a new one.",
  },
  hand_off_revoked: {
    title: "This link was revoked",
    advice: "Ask for a new one.",
  },
  preflight_refused: {
    title: "Atlas would reject this",
    advice: "Nothing was sent. See the checks beside the form.",
  },
  plan_changed: {
    title: "The project has changed since the plan was shown",
    advice: "Nothing was sent. Review the new plan, then create the connection.",
  },
  requester_gone: {
    title: "The requester may no longer change connections here",
    advice: "Nothing was sent. Decline the request, or have somebody with the role request it.",
  },
  approval_closed: {
    title: "The request is closed",
    advice: "This changed nothing.",
  },
  decline_closed: {
    title: "This request can no longer be declined",
    advice: "Nothing was recorded. Tell the requester if you don't want this connection.",
  },
  not_declined: {
    title: "The owner has not declined this",
    advice: "Nothing was written. They may have taken it back: load the page again.",
  },
  route_changed: {
    title: "Somebody changed this route meanwhile",
    advice: "Nothing was saved. Copy what you typed, then close and edit the route again.",
  },
  not_changeable: {
    title: "This connection can't be changed",
    advice: "Nothing was sent. Create a new connection and delete this one.",
  },
  outcome_unknown: {
    title: "Sent to Atlas, result unknown",
    advice: "The change may have been made. Check the current state before you try again.",
  },
}
