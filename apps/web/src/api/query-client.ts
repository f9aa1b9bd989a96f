import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query"
import { RequestError } from "./request-error.ts"
import { doubtSessionAfter } from "./session.ts"

/** Makes the query cache, the only store in the browser. */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => doubtSessionAfter(client, error)
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Connections are kept fresh by the event stream, the rest changes rarely.
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && mayPass(error),
        retryDelay: (failures) => 1000 * 2 ** failures,
        // Without a network a read fails with words, rather than wait for it in silence.
        networkMode: "always",
        refetchOnReconnect: true,
      },
      // A write is never repeated blindly, nor kept until the network is back; the person decides.
      mutations: { retry: false, networkMode: "always" },
    },
  })
  return client
}

/** Returns whether asking again soon may help. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof RequestError)) return false
  return error.failure.reason === "unreachable" || (error.problem?.status ?? 0) === 503
}
