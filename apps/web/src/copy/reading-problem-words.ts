import type { Problem, ProblemCode } from "@peering-desk/shared-schemas"

export interface Words {
  title: string
  /** What it means for the person and what they can do. */
  advice: string
}

/** What we say for every way a read can fail: all that the first page needs, and so all that it loads. */
export const readingProblemWords = {
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
} satisfies Partial<Record<ProblemCode, Words>>

/** Words by code; a table need not have all of them. */
export type WordTable = Readonly<Partial<Record<ProblemCode, Words>>>

/** The words for a code. One without any comes from a newer server, or from a write that this table does not know. */
export function toWordsOf(code: ProblemCode, table: WordTable = readingProblemWords): Words {
  return (Object.hasOwn(table, code) ? table[code] : undefined) ?? readingProblemWords.internal_error
}

/** A failed call in words, ready for `ProblemNotice`. */
export interface ProblemWords extends Words {
  /** What the server adds about this very case. */
  detail: string | null
  /** Field of what was sent → what is wrong with it. */
  fields: Readonly<Record<string, string>>
  /** Atlas's own words and code, unchanged. */
  atlas: { status: number; errorCode: string | null; detail: string | null } | null
  requestId: string | null
  code: ProblemCode | null
  retryAfterSeconds: number | null
}

const nothingMore = {
  detail: null,
  fields: {},
  atlas: null,
  requestId: null,
  code: null,
  retryAfterSeconds: null,
}

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

/** The words for a trouble that no call of this page met: there is nothing to ask support by. */
export function toCodeWords(code: ProblemCode, atlas: ProblemWords["atlas"] = null): ProblemWords {
  return { ...nothingMore, ...toWordsOf(code), atlas }
}

/** Puts a failed call (`RequestError`) into words. Anything else that was thrown is a fault in this page. */
export function toReadingProblemWords(error: unknown, table: WordTable = readingProblemWords): ProblemWords {
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
      const { code, detail, fields, atlas, requestId, retryAfterSeconds } = failure.problem
      return {
        ...toWordsOf(code, table),
        code,
        requestId,
        detail: detail ?? null,
        fields: fields ?? {},
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
