import type { QueryClient } from "@tanstack/react-query"
import { applyStreamEvent } from "./peering-cache.ts"
import { createSharedStream, type SharedStream, type SharedStreamOptions } from "#api/stream/shared-stream.ts"

/** This browser's event stream, whose events become query-cache entries. Loaded once there is a project to follow. */
export function createLiveStream(
  queryClient: QueryClient,
  options: Omit<SharedStreamOptions, "onEvent">,
): SharedStream {
  return createSharedStream({ ...options, onEvent: (event) => applyStreamEvent(queryClient, event) })
}
