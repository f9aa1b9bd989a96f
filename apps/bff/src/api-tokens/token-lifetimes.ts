/** Lifetimes of API tokens, in days. */
export const usualTokenLifetimes = {
  /** Of a token whose maker chooses none. */
  defaultDays: 90,
  mostDays: 365,
  /** After the provider last vouched for a token's owner. */
  ownerDays: 30,
}

export type TokenLifetimes = typeof usualTokenLifetimes

export const dayMs = 24 * 60 * 60_000
