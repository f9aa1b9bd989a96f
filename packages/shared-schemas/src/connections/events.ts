import * as z from "zod/mini"
import { OpenCreates } from "#requests/open-create.ts"
import { Peering, PeeringList, Watch } from "./peering.ts"

/** A connection that Atlas no longer lists. */
export const PeeringGone = z.object({ projectId: z.string(), id: z.string(), at: z.string() })
export type PeeringGone = z.infer<typeof PeeringGone>

/**
 * The events of `GET /api/events` by name. `snapshot` replaces everything known of a project: it comes first on a new
 * stream, and again when a `Last-Event-ID` is too old to continue from. The others change one thing.
 * Beside them comes `signed-out`, without content, before the server ends a stream whose session is over or no longer covers it.
 */
const streamEvents = {
  snapshot: PeeringList,
  peering: Peering,
  gone: PeeringGone,
  watch: Watch,
  creates: OpenCreates,
}
export type StreamEventName = keyof typeof streamEvents
export type StreamEvent = {
  [Name in StreamEventName]: { event: Name; data: z.infer<(typeof streamEvents)[Name]> }
}[StreamEventName]

/** Reads one event; null when the name or the data is not one of ours. */
export function readStreamEvent(event: string, data: unknown): StreamEvent | null {
  if (!Object.hasOwn(streamEvents, event)) return null
  const name = event as StreamEventName
  const parsed = streamEvents[name].safeParse(data)
  return parsed.success ? ({ event: name, data: parsed.data } as StreamEvent) : null
}

/** The query parameters of `GET /api/events`: 1 to 50 project ids, separated by commas. */
export const EventQuery = z.object({ projects: z.string("Name 1 to 50 projects by id, separated by commas") })
