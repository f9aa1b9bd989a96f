import * as z from "zod/mini"

/** 24 lower-case hexadecimal digits: the form of every id Atlas gives (project, container, peering connection). */
export const AtlasId = z
  .string()
  .check(z.regex(/^[0-9a-f]{24}$/, "An Atlas id has 24 hexadecimal digits (0-9, a-f)"))
export type AtlasId = z.infer<typeof AtlasId>

/** A key that a client creates once per filled-in form, to recognise a repeated create. */
export const IdempotencyKey = z.string().check(z.regex(/^[\w-]{16,64}$/, "16 to 64 letters, digits, _ or -"))
