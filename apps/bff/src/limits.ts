import * as z from "zod/mini"
import { countUpTo } from "./environment.ts"
import { usualTokenLifetimes } from "#api-tokens/token-lifetimes.ts"
import { usualPollIntervals } from "#polling/poll-interval.ts"
import { usualRateLimits, type RateLimitSettings } from "#sign-in/rate-limits.ts"
import { usualSessionLifetimes } from "#sign-in/session-data.ts"

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const session = usualSessionLifetimes
const poll = usualPollIntervals
const token = usualTokenLifetimes

const upTo = (most: number, usual: number) => z._default(countUpTo(most), usual)

/** Variables of requests a minute, with the limit that each sets. */
const rateVariables = {
  RATE_SIGN_INS_PER_ADDRESS: "signInsPerAddress",
  RATE_LOGOUT_TOKENS_PER_ADDRESS: "logoutTokensPerAddress",
  RATE_SESSION_GUESSES_PER_ADDRESS: "sessionGuessesPerAddress",
  RATE_READS_PER_USER: "readsPerUser",
  RATE_READS_PER_ADDRESS: "readsPerAddress",
  RATE_WRITES_PER_USER: "writesPerUser",
  RATE_WRITES_PER_ADDRESS: "writesPerAddress",
  RATE_PREFLIGHTS_PER_USER: "questionsPerUser",
  RATE_READS_PER_TOKEN: "readsPerToken",
  RATE_WRITES_PER_TOKEN: "writesPerToken",
  RATE_PREFLIGHTS_PER_TOKEN: "questionsPerToken",
  RATE_TOKEN_GUESSES_PER_ADDRESS: "tokenGuessesPerAddress",
  RATE_SHARE_LINKS_PER_ADDRESS: "handOffsPerAddress",
  RATE_SHARE_LINKS_PER_TOKEN: "handOffsPerToken",
  RATE_SHARE_LINK_REPORTS_PER_TOKEN: "handOffPressesPerToken",
} as const satisfies Record<string, keyof RateLimitSettings>

type RateVariable = keyof typeof rateVariables
const rateEntries = Object.entries(rateVariables) as [RateVariable, keyof RateLimitSettings][]
const rateSchemas = Object.fromEntries(
  rateEntries.map(([variable, limit]) => [variable, upTo(99_999, usualRateLimits[limit])]),
) as Record<RateVariable, ReturnType<typeof upTo>>

/** The variables that limit callers, sessions, polls, history, bodies, slow clients and a stop. Each has a default; `.env.example` documents them. */
export const limitVariables = {
  ...rateSchemas,
  STREAMS_PER_USER: upTo(999, 32),
  SESSION_IDLE_MINUTES: upTo(1_440, session.idleMs / minute),
  SESSION_MAX_HOURS: upTo(168, session.absoluteMs / hour),
  SESSION_SIGN_IN_MINUTES: upTo(60, session.signInMs / minute),
  SESSION_CHECK_MINUTES: upTo(1_440, session.checkMs / minute),
  API_TOKEN_DAYS: upTo(3_650, token.defaultDays),
  API_TOKEN_MAX_DAYS: upTo(3_650, token.mostDays),
  API_TOKEN_OWNER_DAYS: upTo(365, token.ownerDays),
  // A gap in the timeline is a time without a poll for 90 s, so no interval is longer than 60 s.
  POLL_MOVING_SECONDS: upTo(60, poll.movingMs / second),
  POLL_MOVING_UNWATCHED_SECONDS: upTo(60, poll.movingUnwatchedMs / second),
  POLL_WAITING_NEW_SECONDS: upTo(60, poll.waitingNewMs / second),
  POLL_WAITING_SECONDS: upTo(60, poll.waitingMs / second),
  POLL_STEADY_SECONDS: upTo(60, poll.steadyMs / second),
  CLOUD_READ_MINUTES: z._default(countUpTo(1_440, 0), 15),
  HISTORY_DAYS: upTo(36_500, 400),
  BODY_LIMIT_KB: upTo(1_024, 64),
  HEADERS_TIMEOUT_SECONDS: upTo(300, 10),
  REQUEST_TIMEOUT_SECONDS: upTo(300, 12),
  CONNECTION_CHECK_SECONDS: upTo(60, 2),
  // A proxy that closes idle connections after 60 s never writes to one that the server closes at that moment.
  KEEP_ALIVE_SECONDS: upTo(3_600, 65),
  STOP_GRACE_SECONDS: upTo(300, 2),
}

const Limits = z.object(limitVariables)

export type Limits = ReturnType<typeof toLimits>

/** Translates the variables into what the modules take. */
export function toLimits(values: z.output<typeof Limits>) {
  const rates = Object.fromEntries(rateEntries.map(([variable, limit]) => [limit, values[variable]]))
  return {
    rates: rates as RateLimitSettings,
    streamsPerUser: values.STREAMS_PER_USER,
    sessions: {
      idleMs: values.SESSION_IDLE_MINUTES * minute,
      absoluteMs: values.SESSION_MAX_HOURS * hour,
      signInMs: values.SESSION_SIGN_IN_MINUTES * minute,
      checkMs: values.SESSION_CHECK_MINUTES * minute,
    },
    tokens: {
      // The shorter of the two, or nobody could create a token without choosing.
      defaultDays: Math.min(values.API_TOKEN_DAYS, values.API_TOKEN_MAX_DAYS),
      mostDays: values.API_TOKEN_MAX_DAYS,
      ownerDays: values.API_TOKEN_OWNER_DAYS,
    },
    polls: {
      movingMs: values.POLL_MOVING_SECONDS * second,
      movingUnwatchedMs: values.POLL_MOVING_UNWATCHED_SECONDS * second,
      waitingNewMs: values.POLL_WAITING_NEW_SECONDS * second,
      waitingMs: values.POLL_WAITING_SECONDS * second,
      steadyMs: values.POLL_STEADY_SECONDS * second,
    },
    /** For how long the data of findings is kept. */
    historyMs: values.HISTORY_DAYS * day,
    /** The largest request body, in kB (1,024 bytes). */
    bodyKb: values.BODY_LIMIT_KB,
    /** Options of Node's server: the time for headers, for a whole request and between two of them, and how often it is checked. */
    connections: {
      // Node refuses to start when headers may take longer than the request.
      headersTimeout: Math.min(values.HEADERS_TIMEOUT_SECONDS, values.REQUEST_TIMEOUT_SECONDS) * second,
      requestTimeout: values.REQUEST_TIMEOUT_SECONDS * second,
      keepAliveTimeout: values.KEEP_ALIVE_SECONDS * second,
      connectionsCheckingInterval: values.CONNECTION_CHECK_SECONDS * second,
    },
    /** How long a server that was told to stop goes on serving, while `/readyz` already says 503. */
    stopGraceMs: values.STOP_GRACE_SECONDS * second,
  }
}
