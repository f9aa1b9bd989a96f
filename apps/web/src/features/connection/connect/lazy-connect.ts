import { lazy } from "react"

/** The clusters behind a connection, loaded when it works. */
export const ConnectSection = lazy(async () => ({
  default: (await import("./ConnectSection.tsx")).ConnectSection,
}))

/** The test script, loaded when its step is opened. */
export const DiagnosisTest = lazy(async () => ({
  default: (await import("./DiagnosisTest.tsx")).DiagnosisTest,
}))
