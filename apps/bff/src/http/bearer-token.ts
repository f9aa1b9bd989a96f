import type { Request } from "express"

/** The token of `Authorization: Bearer …` (RFC 6750 §2.1), however the scheme is spelled (RFC 9110 §11.1); null when there is none. */
export function readBearerToken(request: Request): string | null {
  return /^Bearer +([\w.~+/-]{1,200}=*)$/i.exec(request.get("authorization") ?? "")?.[1] ?? null
}
