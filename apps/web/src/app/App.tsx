import { QueryClientProvider, type QueryClient } from "@tanstack/react-query"
import { LiveContext, type LiveUpdates } from "#api/peerings/live-updates.ts"
import { ArrivalContext } from "#ui/PageHeader.tsx"
import { AppRoutes } from "./AppRoutes.tsx"
import { useArrival } from "./use-arrival.ts"

/** The whole browser application. */
export function App({
  queryClient,
  live,
  onPage,
}: {
  queryClient: QueryClient
  live: LiveUpdates
  /** Called when the first page can be used. */
  onPage?: () => void
}) {
  return (
    <QueryClientProvider client={queryClient}>
      <LiveContext value={live}>
        <ArrivalContext value={useArrival()}>
          <AppRoutes onPage={onPage} />
        </ArrivalContext>
      </LiveContext>
    </QueryClientProvider>
  )
}
