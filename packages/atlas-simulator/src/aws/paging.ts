import { createHash } from "node:crypto"
import { AwsError } from "./errors.ts"
import type { Query } from "./query.ts"

/**
 * Returns the page that `MaxResults` and `NextToken` ask for, or all without them. A token works for the action that gave it.
 * Throws InvalidParameterValue or InvalidNextToken.
 */
export function getPage<Item>(
  items: readonly Item[],
  query: Query,
  limits: { least: number; most: number } = { least: 5, most: 1000 },
): { items: readonly Item[]; nextToken: string | null } {
  const asked = query.get("MaxResults")
  const size = asked === undefined ? items.length : Number(asked)
  if (asked !== undefined && !(Number.isInteger(size) && size >= limits.least && size <= limits.most))
    throw new AwsError(
      "InvalidParameterValue",
      `Value ( ${asked} ) for parameter maxResults is invalid. Expecting a value between ${limits.least} and ${limits.most}.`,
    )
  const action = query.get("Action") ?? ""
  const from = findStart(query.get("NextToken"), action, items.length)
  const next = from + size
  return {
    items: items.slice(from, next),
    nextToken: next < items.length ? toToken(action, next) : null,
  }
}

function findStart(token: string | undefined, action: string, count: number): number {
  if (token === undefined) return 0
  const from = Number(/^\d+/.exec(Buffer.from(token, "base64url").toString())?.[0])
  if (!(from <= count) || token !== toToken(action, from))
    throw new AwsError("InvalidNextToken", `The token '${token}' is invalid`)
  return from
}

function toToken(action: string, from: number): string {
  const mark = createHash("sha256").update(`${action} ${from}`).digest("hex").slice(0, 32)
  return Buffer.from(`${from} ${mark}`).toString("base64url")
}
