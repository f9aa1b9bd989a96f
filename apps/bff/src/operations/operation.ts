import type * as z from "zod/mini"

/** One method at one address, as the description of the API has it. */
export interface Operation {
  method: "get" | "post" | "put" | "patch" | "delete"
  path: string
  /** Query parameters that must be given, and that may be. */
  needs?: readonly string[]
  query?: readonly string[]
  summary: string
  status: 200 | 201 | 202 | 204
  /** Left out of an answer without content, and of one that is text of these media types. */
  answer?: z.ZodMiniType
  text?: readonly string[]
  body?: z.ZodMiniType
  /** Whether it takes an Idempotency-Key. */
  once?: true
}
