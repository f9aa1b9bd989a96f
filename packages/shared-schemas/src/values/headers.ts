/** The header a browser script must set on writes; a foreign page cannot, without asking us first. */
export const requestedByHeader = "x-peering-desk"
export const requestedByValue = "1"
/**
 * The `personKey` of whose page sends a write: one cookie serves all windows of a browser, and somebody else may have signed in in another
 * one. A write without it is of who is signed in.
 */
export const personHeader = "x-peering-desk-person"

export const idempotencyKeyHeader = "idempotency-key"
/** In a demo, the time of the simulated clock: milliseconds since 1970. */
export const simulatedTimeHeader = "x-peering-desk-simulated-time"
