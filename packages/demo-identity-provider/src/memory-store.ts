import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider"

interface Entry {
  payload: AdapterPayload
  /** Milliseconds since 1970. */
  expiresAt: number
}

interface MemoryStore {
  adapter: AdapterFactory
  removeSessions: (isGone: (payload: AdapterPayload) => boolean) => void
}

/**
 * Creates a store of clients, sessions, codes and grants that ends with the process. The package's own does the same,
 * but warns on every start that it must be replaced.
 */
export function createMemoryStore(): MemoryStore {
  const entries = new Map<string, Entry>()

  function read(key: string): AdapterPayload | undefined {
    const entry = entries.get(key)
    if (entry === undefined || entry.expiresAt > Date.now()) return entry?.payload
    entries.delete(key)
    return undefined
  }

  function findBy(model: string, is: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const key of entries.keys()) {
      const payload = key.startsWith(`${model}:`) ? read(key) : undefined
      if (payload !== undefined && is(payload)) return payload
    }
    return undefined
  }

  const adapter: AdapterFactory = (model): Adapter => ({
    upsert: async (id, payload, expiresInSeconds) => {
      const expiresAt =
        expiresInSeconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresInSeconds * 1000
      entries.set(`${model}:${id}`, { payload, expiresAt })
    },
    find: async (id) => read(`${model}:${id}`),
    findByUid: async (uid) => findBy(model, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findBy(model, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = read(`${model}:${id}`)
      if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000)
    },
    destroy: async (id) => {
      entries.delete(`${model}:${id}`)
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of entries) if (payload.grantId === grantId) entries.delete(key)
    },
  })

  return {
    adapter,
    removeSessions(isGone) {
      for (const [key, { payload }] of entries)
        if (key.startsWith("Session:") && isGone(payload)) entries.delete(key)
    },
  }
}
