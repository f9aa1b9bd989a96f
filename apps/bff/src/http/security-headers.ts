import type { RequestHandler } from "express"
import helmet from "helmet"

const none = ["'none'"]
const self = ["'self'"]

/** Headers that tell the browser to load nothing but our own files and to run no script that is not one of them. */
export const setSecurityHeaders: RequestHandler = helmet({
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
    },
  },
  frameguard: { action: "deny" },
  referrerPolicy: { policy: "no-referrer" },
})

/** Answers of the API are of the moment and of one person: nobody may keep them. */
export const forbidStoring: RequestHandler = (_request, response, next) => {
  response.setHeader("Cache-Control", "no-store")
  next()
}
