import { hash } from "node:crypto"
import type { Request, RequestHandler } from "express"
import { ipKeyGenerator, rateLimit } from "express-rate-limit"
import { AppError } from "#base/app-error.ts"
import { readBearerToken } from "#http/bearer-token.ts"
import { isSafe } from "#http/safe-methods.ts"
import { hasUser, toCallerKey, userOf } from "./require-user.ts"

const windowMs = 60_000

export type RateLimitSettings = Record<keyof typeof usualRateLimits, number>

/** Requests a minute. One address can be a whole office. */
export const usualRateLimits = {
  signInsPerAddress: 120,
  logoutTokensPerAddress: 600,
  sessionGuessesPerAddress: 300,
  // A page asks about ten things when it opens; eight tabs that open again and again stay far below.
  readsPerUser: 1200,
  readsPerAddress: 6000,
  writesPerUser: 60,
  writesPerAddress: 600,
  questionsPerUser: 600,
  // A script that polls a list every second, several times over.
  readsPerToken: 600,
  writesPerToken: 60,
  questionsPerToken: 300,
  tokenGuessesPerAddress: 60,
  handOffsPerAddress: 300,
  handOffsPerToken: 60,
  handOffPressesPerToken: 6,
}

export type RateLimits = ReturnType<typeof createRateLimits>

/**
 * Refuses who asks too often, with `Retry-After` (RFC 9110 §10.2.3). Counts are kept in this process, so several processes
 * allow several times as much. Nobody is locked out by what others do from elsewhere.
 */
export function createRateLimits(settings: RateLimitSettings) {
  return {
    /** Before the beginning and the end of a sign-in, each counted by itself. */
    signIn: limit(settings.signInsPerAddress, toAddressKey),
    callback: limit(settings.signInsPerAddress, toAddressKey),
    /** For what the sign-in page reads without a session, by address. */
    signInInfo: limit(settings.readsPerAddress, toAddressKey),
    logoutTokens: limit(settings.logoutTokensPerAddress, toAddressKey),
    /** After the session: cookies that name none, by address. */
    sessionGuesses: limit(
      settings.sessionGuessesPerAddress,
      toAddressKey,
      ({ session, headers }) => session.signedIn !== undefined || headers.cookie === undefined,
    ),
    /** After the search for an API token: tokens that may not be used, by address. */
    tokenGuesses: limit(settings.tokenGuessesPerAddress, toAddressKey, hasUser),
    /** Once the caller is known: methods that change nothing, by person or token and by address. */
    reads: [
      limit(settings.readsPerAddress, toAddressKey, (request) => !isSafe(request)),
      ...limitCallers(settings.readsPerUser, settings.readsPerToken, (request) => !isSafe(request)),
    ],
    /** Once the caller is known: methods that change something, by person or token and by address. */
    writes: [
      limit(settings.writesPerAddress, toAddressKey, isSafe),
      ...limitCallers(settings.writesPerUser, settings.writesPerToken, isSafe),
    ],
    /** Once the caller is known: what is a POST for its body alone and changes nothing. A form asks whenever typing stops. */
    questions: limitCallers(settings.questionsPerUser, settings.questionsPerToken),
    /** For links that open without a session, by address and by token. */
    handOffs: [
      limit(settings.handOffsPerAddress, toAddressKey),
      limit(settings.handOffsPerToken, toTokenKey),
    ],
    handOffPresses: limit(settings.handOffPressesPerToken, toTokenKey),
  }
}

/** Limits people and tokens apart: a script can't use up what its owner's browser needs. */
function limitCallers(
  perUser: number,
  perToken: number,
  skip: (request: Request) => boolean = () => false,
): RequestHandler[] {
  return [
    limit(perUser, toKeyOfCaller, (request) => isToken(request) || skip(request)),
    limit(perToken, toKeyOfCaller, (request) => !isToken(request) || skip(request)),
  ]
}

function limit(
  perMinute: number,
  keyGenerator: (request: Request) => string,
  skip: (request: Request) => boolean = () => false,
): RequestHandler {
  return rateLimit({
    windowMs,
    limit: perMinute,
    keyGenerator,
    skip,
    // With it comes the Retry-After that the handler reads.
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // Its checks of the proxy settings write to the console; TRUST_PROXY is checked where it is read.
    validate: false,
    handler: (_request, response, next) => {
      const left = Number(response.getHeader("Retry-After"))
      next(
        new AppError("too_many_requests", {
          detail: `At most ${perMinute} requests per minute.`,
          retryAfterSeconds: Number.isInteger(left) && left > 0 ? left : windowMs / 1000,
        }),
      )
    },
  })
}

function isToken(request: Request): boolean {
  return userOf(request).identity.token !== undefined
}

function toKeyOfCaller(request: Request): string {
  return toCallerKey(userOf(request).identity)
}

/** Hashes the token, which would otherwise stay in memory longer than its request. All non-tokens count as one. */
function toTokenKey(request: Request): string {
  return hash("sha256", readBearerToken(request) ?? "", "base64")
}

/** A person with IPv6 commonly has a whole /56 of addresses. */
export function toAddressBlock(address: string | null): string {
  return ipKeyGenerator(address ?? "", 56)
}

function toAddressKey(request: Request): string {
  return toAddressBlock(request.ip ?? null)
}
