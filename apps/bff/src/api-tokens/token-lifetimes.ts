/** Lifetimes of API tokens, in days. */
export interface TokenLifetimes {
  /** Of a token whose maker chooses none. */
  defaultDays: number
  mostDays: number
  /** After the provider last vouched for a token's owner. */
  ownerDays: number
}

export const usualTokenLifetimes: TokenLifetimes = { defaultDays: 90, mostDays: 365, ownerDays: 30 }

export const dayMs = 24 * 60 * 60_000
