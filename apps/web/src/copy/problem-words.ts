import type { ProblemCode } from "@peering-desk/shared-schemas"
import {
  readingProblemWords,
  toReadingProblemWords,
  type ProblemWords,
  type Words,
} from "./reading-problem-words.ts"

/** What we say for every way a call can fail. Does not compile when a code is missing. */
export const problemWords: Record<ProblemCode, Words> = {
  ...readingProblemWords,
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

/** What to do when the answer was lost, by what was asked: only some of it may be asked twice without a thought. */
const lostAnswerAdvice = {
  change:
    "The change may have been made. This page shows what Atlas has: compare it with what you sent before you send it again.",
  delete:
    "The connection may be on its way out; this page says so as soon as Atlas does. Asking once more is safe: it can only go once.",
  "access-list": "The entry may be there. Asking once more is safe: Atlas keeps one of the same.",
}

/**
 * Puts a failed call (`RequestError`) into words. Anything else that was thrown is a fault in this page.
 * @param asked what was asked of Atlas, where its answer can be lost
 */
export function toProblemWords(error: unknown, asked?: keyof typeof lostAnswerAdvice): ProblemWords {
  const words = toReadingProblemWords(error, problemWords)
  const isLost = words.code === "outcome_unknown" && asked !== undefined
  return isLost ? { ...words, advice: lostAnswerAdvice[asked] } : words
}
