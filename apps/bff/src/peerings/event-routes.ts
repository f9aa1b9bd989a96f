import { AtlasId } from "@peering-desk/shared-schemas"
import { Router } from "express"
import { AppError } from "#base/app-error.ts"
import type { Clock } from "#base/clock.ts"
import { allowOnly } from "#http/allow-methods.ts"
import { openEventStream, type ServerSentEvent } from "#http/event-stream.ts"
import type { PeeringBoard } from "./peering-board.ts"
import type { PeeringWatcher } from "./peering-watcher.ts"

const maxProjects = 50

interface EventParts {
  watcher: PeeringWatcher
  clock: Clock
  /** The streams that are open; each entry ends one. */
  openStreams: Set<() => void>
}

/** `GET /api/events?projects=…`: the one stream a browser holds. */
export function createEventRouter({ watcher, clock, openStreams }: EventParts): Router {
  const router = Router()
  router
    .route("/")
    .get((request, response) => {
      const projectIds = parseProjects(request.query["projects"])
      const end = openEventStream(
        request,
        response,
        {
          since: (lastId) => toEvents(watcher.board, projectIds, lastId),
          subscribe(wake) {
            const leave = projectIds.map((projectId) => watcher.view(projectId))
            const unsubscribe = watcher.board.subscribe(projectIds, wake)
            return () => {
              unsubscribe()
              for (const leaveProject of leave) leaveProject()
            }
          },
        },
        clock,
      )
      openStreams.add(end)
      response.on("close", () => openStreams.delete(end))
    })
    .all(allowOnly("GET", "HEAD"))
  return router
}

/** Continues after the browser's last event if that was ours and is not too old; otherwise gives the whole of each project. */
function toEvents(
  board: PeeringBoard,
  projectIds: readonly string[],
  lastId: string | null,
): ServerSentEvent[] {
  const [, epoch, sequence] = /^([0-9a-f]{8})\.(\d+)$/.exec(lastId ?? "") ?? []
  const changes = epoch === board.epoch ? board.changesSince(projectIds, Number(sequence)) : null
  if (changes !== null) {
    return changes.map((change) => ({ ...change.event, id: `${board.epoch}.${change.sequence}` }))
  }
  // Only the last one has an id: a browser that is cut off between two of them begins anew.
  return projectIds.map((projectId, index) => ({
    ...(index === projectIds.length - 1 && { id: `${board.epoch}.${board.sequence}` }),
    event: "snapshot",
    data: board.list(projectId),
  }))
}

function parseProjects(query: unknown): string[] {
  const ids = typeof query === "string" ? [...new Set(query.split(","))] : []
  if (ids.length === 0 || ids.length > maxProjects || !ids.every((id) => AtlasId.safeParse(id).success)) {
    throw new AppError("invalid_request", {
      detail: `Name 1 to ${maxProjects} projects by id, separated by commas: /api/events?projects=…`,
    })
  }
  return ids
}
