import { createContext, type JSXElementConstructor, type ReactElement } from "react"

/** Where a refusal leads to. `app` fills it in, since no form knows a page. */
export interface RefusalWays {
  home: () => string
  connections: (projectId: string) => string
  connection: (projectId: string, peeringId: string) => string
  newConnection: (projectId: string) => string
  containers: (projectId: string) => string
  addressMap: () => string
  keys: () => string
  /** The router's, around what looks like one. */
  Link: JSXElementConstructor<{ href: string; asChild: true; children: ReactElement }>
}

/** Null where nothing can be gone to. */
export const RefusalWaysContext = createContext<RefusalWays | null>(null)
