import * as z from "zod/mini"
import { lineOfText } from "#values/line-of-text.ts"

/** A key or service account of another tool. Connections that it changed last are off for edits here. */
export const ManagedKey = z.object({
  /** The public key of an API key, the client id of a service account, or the e-mail address of an Atlas user. */
  key: z.string(),
  name: z.string(),
  /** Who listed it and when (ISO 8601). */
  by: z.string(),
  at: z.string(),
})
export type ManagedKey = z.infer<typeof ManagedKey>

export const ManagedKeyList = z.object({ keys: z.array(ManagedKey) })
export type ManagedKeyList = z.infer<typeof ManagedKeyList>

/** The body of `POST /api/projects/{projectId}/managed-by`; one of the same key is replaced. */
export const ListManagedKey = z.strictObject({
  key: z
    .string("Enter a public key or a client id")
    .check(
      z.trim(),
      z.regex(/^[\w.@+-]{4,100}$/, "Enter a public key like abcdefgh, or a client id like mdb_sa_id_…"),
    ),
  name: lineOfText(60, "Enter a name"),
})
export type ListManagedKey = z.infer<typeof ListManagedKey>
