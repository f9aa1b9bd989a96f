import type { Problem, ProblemCode } from "@peering-desk/shared-schemas"

export interface Words {
  title: string
  /** What it means for the person and what they can do. */
  advice: string
}

/** What we say for every way a call can fail. Does not compile when a code is missing. */
export const problemWords: Record<ProblemCode, Words> = {
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
  sign_in_failed: {
    title: "The sign-in could not be completed",
    advice: "Start it again. An old link, a second tab or a long pause can be the reason.",
  },
  identity_provider_unreachable: {
    title: "Your organisation's sign-in cannot be reached",
    advice: "Try again in a minute. If it stays, whoever runs this server checks its connection to it.",
  },
  project_not_found: {
    title: "No such project",
    advice:
      "Atlas has no project with this id, or this server's API key may not see it. Choose another one above.",
  },
  peering_not_found: {
    title: "No such connection",
    advice: "Atlas lists no connection with this id in this project. It may have been removed.",
  },
  container_not_found: {
    title: "There is no such container",
    advice: "It may have been deleted. Go back to the project's containers.",
  },
  preflight_refused: {
    title: "Atlas would refuse this",
    advice: "Nothing was sent. The checks beside the form say what stands in the way.",
  },
  plan_changed: {
    title: "The project has changed since the plan was shown",
    advice: "Nothing was sent. Look at the new plan, then create it.",
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
  outcome_unknown: {
    title: "Atlas was asked, but its answer was lost",
    advice: "The connection may exist. Look in the list before you ask again.",
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
}

/** The words for a code; a server newer than this page may send one that the page does not know. */
export function toWordsOf(code: ProblemCode): Words {
  return Object.hasOwn(problemWords, code) ? problemWords[code] : problemWords.internal_error
}

/** A failed call in words, ready for `ProblemNotice`. */
export interface ProblemWords extends Words {
  /** What the server adds about this very case. */
  detail: string | null
  /** Atlas's own words and code, unchanged. */
  atlas: { status: number; errorCode: string | null; detail: string | null } | null
  requestId: string | null
  code: ProblemCode | null
  retryAfterSeconds: number | null
}

const nothingMore = { detail: null, atlas: null, requestId: null, code: null, retryAfterSeconds: null }

/** What `api/` throws, as far as words for it are concerned. */
interface FailedCall {
  failure:
    | { reason: "refused"; problem: Problem }
    | { reason: "unreachable" }
    | { reason: "unreadable"; status: number }
}

function isFailedCall(error: unknown): error is FailedCall {
  return error instanceof Error && error.name === "RequestError"
}

/** The words for a trouble of which only the code is known. */
export function toCodeWords(code: ProblemCode): ProblemWords {
  return { ...nothingMore, ...toWordsOf(code), code }
}

/** Puts a failed call (`RequestError`) into words. Anything else that was thrown is a fault in this page. */
export function toProblemWords(error: unknown): ProblemWords {
  if (!isFailedCall(error)) {
    return {
      ...nothingMore,
      title: "This page has a fault",
      advice: "Reload it. What was sent to Atlas stays as it is.",
    }
  }
  const { failure } = error
  switch (failure.reason) {
    case "refused": {
      const { code, detail, atlas, requestId, retryAfterSeconds } = failure.problem
      return {
        ...toWordsOf(code),
        code,
        requestId,
        detail: detail ?? null,
        atlas: atlas ?? null,
        retryAfterSeconds: retryAfterSeconds ?? null,
      }
    }
    case "unreachable":
      return {
        ...nothingMore,
        title: "This server cannot be reached",
        advice:
          "Check your own network. If you were sending something, it may have arrived; sending it again from this page creates nothing twice.",
      }
    case "unreadable":
      return {
        ...nothingMore,
        title: "The server answered something unexpected",
        advice: "A proxy in between may have answered, or this page comes from an older version. Reload it.",
        detail: `HTTP ${failure.status}`,
      }
  }
}
