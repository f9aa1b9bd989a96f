import * as z from "zod/mini"
import { lineOfText } from "#values/line-of-text.ts"

/** A list's filters, sorting and search under a name, for one person. */
export const SavedView = z.object({
  id: z.string(),
  name: z.string(),
  /** The query string of the list's address, without its question mark. */
  query: z.string(),
  /** When it was saved: ISO 8601, UTC. */
  at: z.string(),
})
export type SavedView = z.infer<typeof SavedView>

/** `GET /api/saved-views`: your views, by name. */
export const SavedViewList = z.object({ views: z.array(SavedView) })
export type SavedViewList = z.infer<typeof SavedViewList>

/** The body of `POST /api/saved-views`; a view of the same name is replaced. */
export const SaveView = z.strictObject({
  name: lineOfText(60, "Enter a name"),
  query: z
    .string("The query string of the list's address")
    .check(
      z.maxLength(500, "Use at most 500 characters"),
      z.regex(/^[\w\-.~!$&'()*+,;=:@/?%]*$/, "Only the characters of a query string"),
    ),
})
export type SaveView = z.infer<typeof SaveView>
