import { createHash } from "node:crypto"
import { apiUrls } from "@peering-desk/shared-schemas"
import type { ErrorRequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { problemStatus } from "#base/problem-status.ts"
import { ProviderError } from "#sign-in/provider/oidc-problem.ts"
import { ClocksDiffer } from "#sign-in/provider/provider-clock.ts"
import { requestIdHeader } from "#http/request-log.ts"
import { describeRequest } from "#http/request-log.ts"
import { toReturnAddress } from "./return-address.ts"

const style = `
:root{color-scheme:light dark}
body{display:grid;place-items:center;min-height:100vh;margin:0;font:14px/20px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
background:light-dark(#f4f7f6,#0a1115);color:light-dark(#0f2027,#e8f0ee)}
main{box-sizing:border-box;width:400px;max-width:calc(100vw - 32px);padding:40px 36px;text-align:center;overflow-wrap:anywhere;
border:1px solid light-dark(#e2e8e6,#233339);border-radius:18px;background:light-dark(#fff,#131f25)}
h1{font-size:24px;line-height:30px;font-weight:620;letter-spacing:-.022em;margin:0 0 8px}
p{margin:0 0 24px;color:light-dark(#44565a,#a9bcb8)}
small{color:light-dark(#5c6e71,#8ca09c);font-size:12px}
p:last-child{margin:0}
a{display:block;padding:12px 16px;border-radius:8px;background:light-dark(#00684a,#35c48d);color:light-dark(#fff,#05211a);
font-weight:600;text-decoration:none}
a:focus-visible{outline:2px solid light-dark(#00684a,#35c48d);outline-offset:2px}
@media(forced-colors:active){a{border:1px solid LinkText}}
`
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(";")

/** For somebody who can do nothing but wait. */
const providerAway = {
  title: "Can't reach your organisation's sign-in",
  advice:
    "Try again in a minute. You return to the same page, and a new connection that you had begun is still filled in. If this continues, tell your Peering Desk administrator.",
  button: "Try again",
}

/**
 * Shows a browser that failed to sign in a page instead of a problem in JSON: it came here by following a link, and no script
 * of ours is there to put it into words. `response.locals["returnTo"]` is where a new attempt leads.
 */
export const showSignInProblem: ErrorRequestHandler = (thrown: unknown, request, response, next) => {
  if (!(thrown instanceof AppError) || response.headersSent || request.accepts(["json", "html"]) !== "html") {
    next(thrown)
    return
  }
  const { status, title } = problemStatus[thrown.code]
  const isAway = thrown.code === "identity_provider_unreachable"
  const { cause } = thrown
  const said = describeCause(cause)
  const level = status >= 500 ? "error" : said === null ? "info" : "warn"
  request.log[level]({ ...describeRequest(request), code: thrown.code, ...said, err: thrown }, title)
  const { detail, retryAfterSeconds } = thrown.shown
  if (retryAfterSeconds !== undefined) response.setHeader("Retry-After", String(retryAfterSeconds))
  response.setHeader("Cache-Control", "no-store")
  response.setHeader("Content-Security-Policy", policy)
  const again = apiUrls.signIn({ return: toReturnAddress(response.locals["returnTo"]) })
  response
    .status(status)
    .type("html")
    .send(
      toPage({
        ...(isAway
          ? providerAway
          : { title, advice: detail ?? "Try again in a minute.", button: "Sign in again" }),
        again,
        requestId: response.get(requestIdHeader) ?? "",
      }),
    )
}

/** Returns what somebody has to act on; null when it is the person's own affair. */
function describeCause(cause: unknown): object | null {
  if (cause instanceof ProviderError) return { providerError: cause.code }
  return cause instanceof ClocksDiffer ? { clockSecondsAhead: cause.secondsAhead } : null
}

interface PageParts {
  title: string
  advice: string
  /** Where the button leads. */
  again: string
  button: string
  requestId: string
}

function toPage({ title, advice, again, button, requestId }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Peering Desk</title>
<style>${style}</style>
</head>
<body><main>
<h1>${escape(title)}</h1>
<p>${escape(advice)}</p>
<p><a href="${escape(again)}">${escape(button)}</a></p>
<p><small>Request ${escape(requestId)}</small></p>
</main></body>
</html>
`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
