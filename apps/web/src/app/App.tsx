import { QueryClientProvider, type QueryClient } from "@tanstack/react-query"
import { useCallback, useEffect, useRef } from "react"
import { Link } from "wouter"
import { LiveContext, type LiveUpdates } from "#api/peerings/peering-events.ts"
import { RefusalWaysContext, type RefusalWays } from "#shared/refusals/refusal-ways.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { ArrivalContext } from "#ui/PageHeading.tsx"
import { AppRoutes } from "./AppRoutes.tsx"

const refusalWays: RefusalWays = { ...pagePaths, Link }

/** The whole browser application. */
export function App({ queryClient, live }: { queryClient: QueryClient; live: LiveUpdates }) {
  return (
    <QueryClientProvider client={queryClient}>
      <LiveContext value={live}>
        <ArrivalContext value={useArrival()}>
          <RefusalWaysContext value={refusalWays}>
            <AppRoutes />
          </RefusalWaysContext>
        </ArrivalContext>
      </LiveContext>
    </QueryClientProvider>
  )
}

/** Marks each arrival at another page, unless it was made by a control that keeps the focus. The router sends these events. */
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
