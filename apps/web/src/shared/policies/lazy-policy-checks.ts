import { lazy } from "react"

// Few changes need them, and they come from the server anyway.
export const PolicyChecks = lazy(async () => ({ default: (await import("./PolicyChecks.tsx")).PolicyChecks }))
