import * as z from "zod/mini"

// zod otherwise probes for `new Function`, which a strict content security policy reports as a violation.
z.config({ jitless: true })

export * from "./atlas-answer.ts"
export * from "./atlas-peer.ts"
export * from "./audit.ts"
export * from "./aws-regions.ts"
export * from "./cidr.ts"
export * from "./container.ts"
export * from "./create-peering.ts"
export * from "./events.ts"
export * from "./ids.ts"
export * from "./installation.ts"
export * from "./key-health.ts"
export * from "./peering-request.ts"
export * from "./peering.ts"
export * from "./problem.ts"
export * from "./project.ts"
export * from "./provider.ts"
export * from "./session.ts"
export * from "./urls.ts"
export * from "./wrong-kind.ts"
