import { lazy } from "react"

/** The history of a connection with its time axis, loaded when it is opened. */
export const ActivityTab = lazy(async () => ({
  default: (await import("#features/connection/history/ActivityTab.tsx")).ActivityTab,
}))
