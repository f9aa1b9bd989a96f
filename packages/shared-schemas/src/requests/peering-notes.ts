import * as z from "zod/mini"
import { lineOfText } from "#values/line-of-text.ts"

/** The body of `PUT /api/projects/{projectId}/peerings/{peeringId}/label`; an empty one takes the label away. Answered with the connection. */
export const SetLabel = z.strictObject({
  label: lineOfText(80),
})
export type SetLabel = z.infer<typeof SetLabel>

/**
 * What a connection can be marked with: a step of a runbook with what it was done for where that can be replaced, or the id of an AWS subnet
 * or security group that the application uses. Pages choose the words.
 */
export const StepId = z.string().check(z.regex(/^[a-z0-9-]{1,40}$/, "1 to 40 of a-z, 0-9 and -"))

/** The body of `PUT /api/projects/{projectId}/peerings/{peeringId}/steps/{stepId}`. Answered with the connection. */
export const TickStep = z.strictObject({ done: z.boolean("done is true or false") })

/** A step that somebody marked as done, for everybody to see. */
export const StepDone = z.object({ by: z.string(), at: z.string() })
export type StepDone = z.infer<typeof StepDone>

/** Tells if a mark says that the application uses a subnet or security group. */
export function isUse(mark: string): boolean {
  return /^(?:subnet|sg)-[0-9a-f]+$/.test(mark)
}
