import { lazyPart } from "#ui/lazy-part.tsx"

// Few changes need them, and they come from the server anyway.
export const PolicyChecks = lazyPart(async () => (await import("./PolicyChecks.tsx")).PolicyChecks)
