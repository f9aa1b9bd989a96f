import { lazy } from "react"

/** The string of a cluster, loaded when the connection works. */
export const StringLine = lazy(async () => ({ default: (await import("./StringLine.tsx")).StringLine }))

/** The clusters behind a connection, loaded when their row is opened. */
export const ClusterParts = lazy(async () => ({ default: (await import("./ClusterParts.tsx")).ClusterParts }))

/** The test script, loaded when its step is opened. */
export const DiagnosisTest = lazy(async () => ({
  default: (await import("./DiagnosisTest.tsx")).DiagnosisTest,
}))
