import { QueryClientProvider, type QueryClient } from "@tanstack/react-query"
import { AppRoutes } from "./AppRoutes.tsx"

/** The whole browser application. */
export function App({ queryClient }: { queryClient: QueryClient }) {
  return (
    <QueryClientProvider client={queryClient}>
      <AppRoutes />
    </QueryClientProvider>
  )
}
