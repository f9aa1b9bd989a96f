import { useMutation, type QueryClient, type QueryKey } from "@tanstack/react-query"
import { isNothing } from "./answer.ts"
import { sendJson } from "./http.ts"

interface Then<Answer> {
  /** Puts the answer into the cache. */
  onAnswer?: (client: QueryClient, answer: Answer) => unknown
  /** The keys of what is read again, also after a failure: the change may have happened all the same. */
  stale?: readonly QueryKey[]
  /** Finds the mutation while it runs. */
  mutationKey?: QueryKey
  /** How long the answer is kept without a component, in milliseconds. */
  gcTime?: number
}

/** Makes a mutation from the call that it sends. */
export function useChange<Answer, Input = void>(
  toCall: (input: Input) => Parameters<typeof sendJson<Answer>>[0],
  { onAnswer, stale = [], ...options }: Then<Answer> = {},
) {
  return useMutation({
    ...options,
    mutationFn: (input: Input) => sendJson(toCall(input)),
    onSuccess: (answer, _input, _before, { client }) => onAnswer?.(client, answer),
    onSettled: (_answer, _error, _input, _before, { client }) =>
      Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}

/** Makes a mutation that removes what is at an address. */
export function useRemoval<Input = string>(toUrl: (input: Input) => string, stale: readonly QueryKey[]) {
  return useChange((input: Input) => ({ url: toUrl(input), method: "DELETE", isAnswer: isNothing }), {
    stale,
  })
}
