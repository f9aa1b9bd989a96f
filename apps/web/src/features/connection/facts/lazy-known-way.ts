import { lazy } from "react"

/** What is known of the way to the cluster, loaded with the setup. */
export const KnownWay = lazy(async () => ({ default: (await import("./KnownWay.tsx")).KnownWay }))
