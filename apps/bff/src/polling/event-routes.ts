import { AtlasId, routes, type Routes } from "@peering-desk/shared-schemas"
import type { Response } from "express"
import { AppError } from "#base/app-error.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import {
  formatEvent,
  openEventStream,
  readLastEventId,
  type EventSource,
  type StreamDeps,
} from "#http/event-stream.ts"
import { releaseRequest } from "#http/release-request.ts"
import { mayView, type Access } from "#sign-in/access.ts"
import type { CallerWatch } from "#sign-in/caller-watch.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { toCallerKey, userOf } from "#sign-in/require-user.ts"
import { leaveSession } from "#sign-in/session-data.ts"
import type { PollerPool } from "./poller-pool.ts"
import { ProjectEvents, type NamedProjects } from "./project-events.ts"

const maxProjects = 50
const triedAgainSeconds = 30

interface EventDeps extends StreamDeps {
  /** Returns the projects that exist; all of them while Atlas can't list projects. */
  keepExisting: (projectIds: readonly string[]) => Promise<string[]>
  pollers: PollerPool
  /** The streams that are open; each entry ends one. */
  openStreams: Set<() => void>
  guards: Pick<RoleGuards, "check">
  callerWatch: Pick<CallerWatch, "follow">
  /** Limit on the open streams of a person, and of each API token. A browser holds one, or one a tab where its tabs can't share. */
  streamsPerUser: number
}

/** Data must not be empty: browsers pass over an event without any (WHATWG HTML §9.2.6). */
const signedOut = formatEvent({ event: "signed-out", data: {} })

/** Ends a stream when its caller may no longer have it; also one that is about to begin. */
class Permission {
  readonly #projectIds: readonly string[]
  #end: ((last?: string) => void) | null = null
  #over: { last: string } | null = null

  constructor(projectIds: readonly string[]) {
    this.#projectIds = projectIds
  }

  begin(end: (last?: string) => void): void {
    this.#end = end
    if (this.#over !== null) end(this.#over.last)
  }

  ended(): void {
    this.#endWith(signedOut)
  }

  /** The browser opens it again, and that request has the claims checked. */
  checkDue(): void {
    this.#endWith("")
  }

  accessChanged(access: Access): void {
    if (!this.#projectIds.every((id) => mayView(access, id))) this.#endWith(signedOut)
  }

  #endWith(last: string): void {
    this.#over = { last }
    this.#end?.(last)
  }
}

/**
 * `GET /api/events?projects=…`: the one stream a browser holds. Projects that do not exist are left out: no event comes for them.
 * It ends with `signed-out` when the session or API token does, and when the caller may no longer view one of its projects. A person may
 * hold `streamsPerUser` at a time, and so may each token.
 */
export function createEventHandlers(deps: EventDeps) {
  const { keepExisting, pollers, openStreams, guards, callerWatch, streamsPerUser } = deps
  const projectEvents = new ProjectEvents(pollers.live)
  /** Open streams by person or token. */
  const held = new Map<string, number>()

  /** @returns a function that gives the place back; call it once */
  function takePlace(caller: string): () => void {
    const count = held.get(caller) ?? 0
    if (count >= streamsPerUser)
      throw new AppError("too_many_requests", {
        detail: `At most ${streamsPerUser} event streams per person or API token.`,
        retryAfterSeconds: triedAgainSeconds,
      })
    held.set(caller, count + 1)
    return () => {
      const left = (held.get(caller) ?? 1) - 1
      if (left === 0) held.delete(caller)
      else held.set(caller, left)
    }
  }

  /** Keeps nothing of the request. */
  function open(
    response: Response,
    permission: Permission,
    projectIds: readonly string[],
    next: EventSource["next"],
  ): void {
    const source = { next, subscribe: (wake: () => void) => pollers.follow(projectIds, wake) }
    const end = openEventStream(response, source, deps)
    permission.begin(end)
    openStreams.add(end)
    response.on("close", () => openStreams.delete(end))
  }

  return {
    events: {
      async get({ request, response, query }) {
        const requested = parseProjects(query.projects)
        const user = userOf(request)
        for (const projectId of requested.keys()) await guards.check(request, "viewer", projectId)
        const projectIds = await keepExisting([...requested.keys()])
        if (projectIds.length === 0) throw new AppError("project_not_found")
        if (response.destroyed) return
        response.once("close", takePlace(toCallerKey(user.identity)))
        leaveSession(request)
        const permission = new Permission(projectIds)
        const unfollow = callerWatch.follow(user, permission)
        response.on("close", unfollow)
        await Promise.all(projectIds.map((projectId) => pollers.recall(projectId)))
        const lastEventId = readLastEventId(request)
        for (const named of requested.values()) await pollers.catchUpTo(lastEventId ?? named ?? "")
        if (response.destroyed) return unfollow()
        const projects = new Map(projectIds.map((id) => [id, requested.get(id) ?? null]))
        open(response, permission, projectIds, projectEvents.read(projects, lastEventId))
        releaseRequest(request, response, routes.events.path)
      },
    },
  } satisfies ApiHandlers<Routes, "events">
}

/** Parses `P1,P2@,P3@0a1b2c3d.7.4e5f6a7b.12`; null for a project without `@`. */
function parseProjects(query: string): NamedProjects {
  const parts = [...new Set(query.split(","))].map((part) => part.split("@"))
  const projects = new Map(
    parts.map(([id = "", ...named]) => [id, named.length > 0 ? named.join("@") : null]),
  )
  const areIds = [...projects.keys()].every((id) => AtlasId.safeParse(id).success)
  if (projects.size > maxProjects || projects.size < parts.length || !areIds) {
    throw new AppError("invalid_request", {
      detail: `Name 1 to ${maxProjects} projects by id, each once, separated by commas: /api/events?projects=…`,
    })
  }
  return projects
}
