import * as z from "zod/mini"
import { escapeInvisible } from "#values/escape-invisible.ts"

/**
 * A text that Atlas may give, leave out, or give as something else; what we cannot read becomes null and stays in the raw answer.
 * Invisible characters become codes, also in answers that were stored before the server did so for whole answers.
 */
export const lenientText = z.catch(
  z.optional(z.nullable(z.string().check(z.overwrite(escapeInvisible)))),
  null,
)

export const lenientFlag = z.catch(z.optional(z.nullable(z.boolean())), null)

/** One object as Atlas sent it, kept whole to be shown raw. */
export const RawAnswer = z.record(z.string(), z.unknown())
export type RawAnswer = z.infer<typeof RawAnswer>
