/** Readers of events, and the last event that each has read. */
export interface CursorTable {
  name: string
  number: number
}

/** Which events are sent where. */
export interface NotificationRouteTable {
  id: string
  name: string
  channel: string
  /** JSON, sealed: address, signing secret. */
  target: string
  /** Host or e-mail addresses, for lists. */
  place: string
  /** JSON: "*", or project ids. */
  projects: string
  /** JSON. */
  clouds: string
  /** JSON. */
  events: string
  created_at: number
  created_by: string
  off_at: number | null
  off_why: string | null
}

/** One message to one route or person. */
export interface NotificationMessageTable {
  /** Sent with it, and the same in every repeat. */
  id: string
  /** `route` or `person` with its key, which groups what waits for the same receiver. */
  recipient: string
  /** `collecting` until its first attempt: further events join it. Then `waiting`, `sent` or `failed`. */
  state: string
  is_test: number
  created_at: number
  due_at: number
  attempts: number
  last_attempt_at: number | null
  last_answer: string | null
  /** Later messages to the same receiver wait until then. */
  quiet_until: number
  /** The process that makes an attempt now (`claims.ts`). */
  claim_by: string | null
  claim_until: number
}

/** The notifications of a message. */
export interface NotificationItemTable {
  message_id: string
  event_number: number
  /** The kind of notification: an event may be two. */
  kind: string
}

/** The inbox of a person. */
export interface InboxReaderTable {
  user_key: string
  read_up_to: number
  /** JSON: the events of which they get e-mail. */
  mail_events: string
}
