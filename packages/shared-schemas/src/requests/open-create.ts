import * as z from "zod/mini"
import { PeeringRequest } from "./peering-request.ts"

/**
 * `being-checked`: it was sent, or may have been, and its answer was lost, so the server looks for the connection. `not-created`: it
 * is known that nothing was made; the same request under the same key is sent again. `deleting-first`: the peering that it replaces is
 * being deleted, and it is sent once Atlas no longer lists that one.
 */
export const OpenCreateState = z.enum(["being-checked", "not-created", "deleting-first"])

/** A create that did not end with a connection, or not yet. */
export const OpenCreate = z.object({
  /** The Idempotency-Key it was sent with. */
  key: z.string(),
  request: PeeringRequest,
  state: OpenCreateState,
  /** Id of the peering that it replaces; left out unless it was requested again. */
  replaces: z.optional(z.string()),
  /** When it was asked for: ISO 8601, UTC. */
  at: z.string(),
})
export type OpenCreate = z.infer<typeof OpenCreate>

/** All of a project; one that is missing has become a connection, or was sent again. */
export const OpenCreates = z.object({ projectId: z.string(), creates: z.array(OpenCreate) })
export type OpenCreates = z.infer<typeof OpenCreates>
