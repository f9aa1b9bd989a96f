/** The reasons why a person must act on a connection, most urgent first. A request that expires within a day is `expiring`. */
export const attentionGroups = ["declined", "expiring", "broken", "waiting", "failed"] as const
