import type { SessionStore } from "#store/session-store.ts"
import { createCallerWatch, type CallerWatch, type WatchParts } from "./caller-watch.ts"

/** Follows sessions. A session's claims are sealed in it, so it is confirmed by its requests alone. */
export function createSessionWatch({
  sessions,
  ...parts
}: WatchParts & { sessions: SessionStore }): CallerWatch {
  return createCallerWatch({
    ...parts,
    credentials: {
      look: async (_ids, since) => ({ ended: await sessions.listEndedSince(since), confirmed: new Map() }),
      onEnded: (listener) => sessions.onEnded(listener),
    },
  })
}
