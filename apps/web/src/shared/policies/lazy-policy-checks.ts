import { lazyPage } from "#ui/lazy-page.ts"

// Few changes need them, and they come from the server anyway.
export const PolicyChecks = lazyPage(async () => (await import("./PolicyChecks.tsx")).PolicyChecks)
