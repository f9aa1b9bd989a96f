import { lazyPage } from "#ui/lazy-page.ts"

/** The clusters behind a connection, loaded when their row is opened. */
export const ClusterParts = lazyPage(async () => (await import("./ClusterParts.tsx")).ClusterParts)

/** The test script, loaded when its step is opened. */
export const DiagnosisTest = lazyPage(async () => (await import("./DiagnosisTest.tsx")).DiagnosisTest)
