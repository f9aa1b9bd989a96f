import * as z from "zod/mini"
import { AppError } from "#base/app-error.ts"
import { TokenRefused } from "./access-tokens.ts"
import { toAtlasError, toRefusal, toUnreadable, type Circumstances } from "#atlas/protocol/atlas-errors.ts"
import { parseAnswer } from "#atlas/protocol/parse-answer.ts"
import type { NotSigned } from "./atlas-signer.ts"

/** Error codes of RFC 6749 §5.2. */
const TokenError = z.object({
  error: z.string(),
  error_description: z.catch(z.nullable(z.string()), null),
})

/** Turns an answer without challenge or token into a problem. The call was not sent, so a create made nothing. */
export function toNotSignedError(error: NotSigned, circumstances: Omit<Circumstances, "change">): AppError {
  const { status, text } = error.answer
  const { data = null } = error instanceof TokenRefused ? TokenError.safeParse(parseAnswer(text ?? "")) : {}
  // Without a code of RFC 6749 it may be Atlas, a proxy, or a server without that address.
  const isOfAnother = data === null && status >= 400 && status !== 401
  if (isOfAnother || status === 429 || status >= 500)
    return toAtlasError(error.answer, { change: null, ...circumstances })
  if (!(error instanceof TokenRefused))
    return toUnreadable(
      status,
      "The server did not ask for an API key in a way that Peering Desk knows (HTTP digest). Is the base URL right?",
      false,
    )
  if (status < 400)
    return toUnreadable(
      status,
      "The server gave no access token that can be read. Is the base URL right?",
      false,
    )
  return toTokenRefused(status, data, circumstances)
}

function toTokenRefused(
  status: number,
  refusal: z.infer<typeof TokenError> | null,
  { redact, keyKind }: Pick<Circumstances, "redact" | "keyKind">,
): AppError {
  const description = refusal?.error_description ?? null
  const errorCode = refusal && redact(refusal.error).slice(0, 100)
  const detail = description && redact(description).slice(0, 1_000)
  return new AppError("atlas_keys_refused", {
    detail:
      "Atlas gave the service account no access token: its id or its secret is wrong, or the secret has expired.",
    atlas: toRefusal(status, { errorCode, detail }, keyKind),
  })
}
