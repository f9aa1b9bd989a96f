import { QueryClientProvider, type QueryClient } from "@tanstack/react-query"
import { LiveContext, type LiveUpdates } from "#api/peerings/live-updates.ts"
import { ArrivalContext } from "#ui/PageHeader.tsx"
import { AppRoutes } from "./AppRoutes.tsx"
import { useArrival } from "./use-arrival.ts"

/** The whole browser application. */
export function App({ queryClient, live }: { queryClient: QueryClient; live: LiveUpdates }) {
  return (
    <QueryClientProvider client={queryClient}>
      <LiveContext value={live}>
        <ArrivalContext value={useArrival()}>
          <AppRoutes />
        </ArrivalContext>
      </LiveContext>
    </QueryClientProvider>
  )
}
