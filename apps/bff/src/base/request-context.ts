import { AsyncLocalStorage } from "node:async_hooks"

/** What ties together all that is done for one request: its id in our log, and its trace at everybody's. */
export interface RequestContext {
  requestId: string
  /** A header value of W3C Trace Context for calls to others. */
  traceparent: string
}

const storage = new AsyncLocalStorage<RequestContext>()

/** Runs work for a request; the context follows through awaits. */
export function runForRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work)
}

/** Returns the request that the running code works for; null for work of the server itself. */
export function getRequestContext(): RequestContext | null {
  return storage.getStore() ?? null
}

/** Runs work that belongs to no request, such as the next poll of a poller that a request started. */
export function runForServer<T>(work: () => T): T {
  return storage.exit(work)
}
