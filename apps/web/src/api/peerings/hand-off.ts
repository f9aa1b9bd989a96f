import { apiUrls, type HandOffView, type ProblemCode } from "@peering-desk/shared-schemas"
import { queryOptions, useMutation } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readJson, sendJson } from "#api/http.ts"
import { getProblem } from "#api/request-error.ts"

const isHandOffView = hasFields<HandOffView>("peer", "turn", "expiresAt")

/** The view behind a link, and when it last changed, milliseconds since 1970. */
interface SeenHandOff {
  view: HandOffView
  changedAt: number
}

const keyOf = (token: string) => ["hand-off", token]

// The token travels in a header, which no log keeps; a session of this browser is not sent with it.
const toCall = (token: string) => ({
  isAnswer: isHandOffView,
  headers: { authorization: `Bearer ${token}` },
  credentials: "omit" as const,
})

/** Polls the view of the link with this token until nothing more is to come. */
export function handOffQuery(token: string) {
  return queryOptions({
    queryKey: keyOf(token),
    queryFn: async ({ signal, client }) => {
      const view = await readJson({ url: apiUrls.openHandOff(), ...toCall(token), signal })
      return toSeen(view, client.getQueryData<SeenHandOff>(keyOf(token)))
    },
    refetchInterval: ({ state }) => computePollDelayMs(state.data, state.error, Date.now()),
    refetchOnWindowFocus: ({ state }) => computePollDelayMs(state.data, state.error, Date.now()) !== false,
  })
}

/** Reports the step as done: the server then polls Atlas. */
export function usePressHandOff(token: string) {
  return useReport(token, () => ({ url: apiUrls.reportHandOffDone() }))
}

/** Declines with a reason, which the requester sees. */
export function useDeclineHandOff(token: string) {
  return useReport(token, (reason: string) => ({ url: apiUrls.declineHandOff(), body: { reason } }))
}

/** Takes a decline back. */
export function useTakeBackDecline(token: string) {
  return useReport(token, () => ({ url: apiUrls.takeBackDecline() }))
}

/** Sends the output of a look-up of the owner's network. */
export function usePasteHandOffFacts(token: string) {
  return useReport(token, (text: string) => ({ url: apiUrls.pasteHandOffFacts(), body: { text } }))
}

/** Sends a report of the owner, whose answer replaces the view. */
function useReport<Input = void>(token: string, toReport: (input: Input) => { url: string; body?: object }) {
  return useMutation({
    mutationFn: (input: Input) => sendJson({ ...toReport(input), ...toCall(token), method: "POST" }),
    onSuccess: async (view, _input, _before, { client }) => {
      await client.cancelQueries({ queryKey: keyOf(token) })
      client.setQueryData(keyOf(token), { view, changedAt: Date.now() })
    },
    // A link that ended meanwhile shows nothing any more.
    onError: (error, _input, _before, { client }) => {
      if (isLinkOver(error)) void client.invalidateQueries({ queryKey: keyOf(token) })
    },
  })
}

function toSeen(view: HandOffView, before: SeenHandOff | undefined): SeenHandOff {
  const isSame = before?.view.status === view.status && before.view.turn === view.turn
  return { view, changedAt: isSame ? before.changedAt : Date.now() }
}

const lastWords: readonly ProblemCode[] = ["hand_off_invalid", "hand_off_expired", "hand_off_revoked"]
const settledTurns: readonly string[] = ["works", "failed", "gone"]

/** Returns whether the link shows nothing any more, now and later. */
export function isLinkOver(error: unknown): boolean {
  const code = getProblem(error)?.code
  return code !== undefined && lastWords.includes(code)
}

/** Computes when to poll again, in milliseconds; false when nothing more is to come. The longer nothing happened, the later. */
export function computePollDelayMs(
  seen: SeenHandOff | undefined,
  error: unknown,
  now: number,
): number | false {
  if (isLinkOver(error)) return false
  if (error !== null) return Math.max(15_000, (getProblem(error)?.retryAfterSeconds ?? 0) * 1000)
  if (seen !== undefined && settledTurns.includes(seen.view.turn)) return false
  const quietMs = seen === undefined ? 0 : now - seen.changedAt
  if (quietMs < 2 * 60_000) return 4_000
  return quietMs < 20 * 60_000 ? 15_000 : 60_000
}
