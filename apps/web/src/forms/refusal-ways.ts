import { createContext, type ComponentType, type ReactNode } from "react"

/** Where a refusal leads to. `app` fills it in, since no form knows a page. */
export interface RefusalWays {
  home: () => string
  connections: (projectId: string) => string
  connection: (projectId: string, peeringId: string) => string
  newConnection: (projectId: string) => string
  containers: (projectId: string) => string
  addressMap: () => string
  keys: () => string
  /** A link that looks like a small button. */
  Way: ComponentType<{ href: string; children: ReactNode }>
}

/** Null where nothing can be gone to. */
export const RefusalWaysContext = createContext<RefusalWays | null>(null)
