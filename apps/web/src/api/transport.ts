/** What `http.ts` uses of an answer. */
export interface TransportAnswer {
  status: number
  ok: boolean
  headers: Pick<Headers, "get">
  text: () => Promise<string>
}

/** How the API is asked, and what was answered before. */
export interface Transport {
  /** Absent in a browser, which has its own. */
  fetch?: (url: string, init: RequestInit) => Promise<TransportAnswer>
  /** True where a session was seen already. */
  hasSession: boolean
  /** Whose page this is; absent until their session was read. */
  personKey?: string
  /** The last answer of each address that is read again and again, with the mark by which the server knows it. */
  known: Map<string, { etag: string; body: unknown }>
}

const ofBrowser: Transport = { hasSession: false, known: new Map() }
let find: () => Transport | null = () => null

export function getTransport(): Transport {
  return find() ?? ofBrowser
}

/** Sets how the API is asked, on a server: each page that it draws has its own transport. */
export function setTransport(from: () => Transport | null): void {
  find = from
}
