import type { Request } from "express"

/** Returns the token of `Authorization: Bearer …` (RFC 6750 §2.1), in any case of the scheme (RFC 9110 §11.1); null without one. */
export function readBearerToken(request: Request): string | null {
  return /^Bearer +([\w.~+/-]{1,200}=*)$/i.exec(request.get("authorization") ?? "")?.[1] ?? null
}
