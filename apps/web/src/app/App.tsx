import { QueryClientProvider, type QueryClient } from "@tanstack/react-query"
import { useCallback, useEffect, useRef } from "react"
import { LiveContext, type LiveUpdates } from "#api/peerings/live-updates.ts"
import { ArrivalContext } from "#ui/PageHeader.tsx"
import { AppRoutes } from "./AppRoutes.tsx"

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

/** Returns a function that says once for each navigation that it happened, unless a control keeps the focus. The router sends these events. */
function useArrival(): () => boolean {
  const arrival = useRef(false)
  useEffect(() => {
    const arrive = () => {
      arrival.current = history.state !== "keep-focus"
    }
    const names = ["pushState", "popstate"]
    for (const name of names) addEventListener(name, arrive)
    return () => {
      for (const name of names) removeEventListener(name, arrive)
    }
  }, [])
  return useCallback(() => {
    const arrived = arrival.current
    arrival.current = false
    return arrived
  }, [])
}
