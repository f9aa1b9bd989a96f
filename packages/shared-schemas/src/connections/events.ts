import * as z from "zod/mini"
import { OpenCreates } from "#requests/open-create.ts"
import { Peering, PeeringList, Watch } from "./peering.ts"

/** A connection that Atlas no longer lists. */
export const PeeringGone = z.object({ projectId: z.string(), id: z.string(), at: z.string() })
export type PeeringGone = z.infer<typeof PeeringGone>

/** The stream can't continue from the list that the reader named. */
const Resync = z.object({
  projectId: z.string(),
  /** What `GET` of the list takes as `Last-Event-ID`: the answer has everything up to this event. */
  lastEventId: z.string(),
})

/**
 * The events of `GET /api/events` by name. `snapshot` replaces everything known of a project: it comes first on a new
 * stream, and again when a `Last-Event-ID` is too old to continue from. A reader that names its list (`P@v`) gets what changed since, and
 * `resync` instead of a snapshot: it reads the list again, and the stream continues from there. The others change one thing.
 * Beside them comes `signed-out`, without content, before the server ends a stream whose session is over or no longer covers it.
 */
const streamEvents = {
  snapshot: PeeringList,
  resync: Resync,
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

/**
 * The query parameters of `GET /api/events`: 1 to 50 project ids, separated by commas, each alone or as `P@v` with the `lastEventId` of the
 * list that the reader has (empty when it has none).
 */
export const EventQuery = z.object({ projects: z.string("Name 1 to 50 projects by id, separated by commas") })
