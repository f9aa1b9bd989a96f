import { simulatedTimeHeader } from "@peering-desk/shared-schemas"
import type { RequestHandler } from "express"
import helmet from "helmet"
import type { Clock } from "#base/clock.ts"
import { checkRequest } from "./check-request.ts"

const none = ["'none'"]
const self = ["'self'"]

const setHelmetHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: none,
      scriptSrc: self,
      styleSrc: self,
      imgSrc: ["'self'", "data:"],
      connectSrc: self,
      manifestSrc: self,
      baseUri: none,
      formAction: self,
      frameAncestors: none,
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: none,
    },
  },
  frameguard: { action: "deny" },
  referrerPolicy: { policy: "no-referrer" },
})

const unusedFeatures = [
  "camera",
  "display-capture",
  "fullscreen",
  "geolocation",
  "microphone",
  "payment",
  "usb",
]

/**
 * Headers that tell the browser to load nothing but our own files, to run no script that is not one of them, to let no other site
 * frame or open it, and to give it none of its devices.
 */
export const setSecurityHeaders: RequestHandler = (request, response, next) => {
  response.setHeader("Permissions-Policy", unusedFeatures.map((feature) => `${feature}=()`).join(", "))
  setHelmetHeaders(request, response, next)
}

/** Answers of the API are of the moment and of one person: nobody may keep them. */
export const forbidStoring = checkRequest((_request, response) => {
  response.setHeader("Cache-Control", "no-store")
})

/** Adds the simulated time to answers, so that the pages of a demo count down by it. */
export function sendSimulatedTime({ now }: Pick<Clock, "now">): RequestHandler {
  return checkRequest((_request, response) => {
    response.setHeader(simulatedTimeHeader, String(Math.floor(now())))
  })
}
