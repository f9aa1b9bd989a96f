/** The header a browser script must set on writes; a foreign page cannot, without asking us first. */
export const requestedByHeader = "x-peering-desk"
export const requestedByValue = "1"
export const idempotencyKeyHeader = "idempotency-key"
/** In a demo, the time of the simulated clock: milliseconds since 1970. */
export const simulatedTimeHeader = "x-peering-desk-simulated-time"
