import * as z from "zod/mini"
import { AtlasId } from "#values/ids.ts"
import { lineOfText } from "#values/line-of-text.ts"
import { ProviderName } from "#clouds/provider.ts"
import { listKinds, notificationKinds } from "./event-kinds.ts"

/** The events that people hear of: the rows of `notificationKinds`. */
export const NotificationKind = z.enum(listKinds(notificationKinds))
export type NotificationKind = z.infer<typeof NotificationKind>

export const NotificationChannel = z.enum(["webhook", "slack", "teams", "email"])
export type NotificationChannel = z.infer<typeof NotificationChannel>

// The choice fits into one field of the audit log.
const mostProjects = 30
const mostAddresses = 20

const EventKinds = z
  .array(z.enum(NotificationKind.options, "No such event"))
  .check(z.minLength(1, "Choose an event"), z.maxLength(NotificationKind.options.length))

/** Which projects: all, or some by id. */
const Projects = z.union(
  [
    z.literal("*"),
    z
      .array(AtlasId)
      .check(
        z.minLength(1, "Choose a project"),
        z.maxLength(mostProjects, `Choose at most ${mostProjects} projects`),
      ),
  ],
  'Use "*" for all projects, or a list of 1 to 30 project ids',
)

const Clouds = z
  .array(z.enum(ProviderName.options, "AWS, GCP or AZURE"))
  .check(z.minLength(1, "Choose a cloud"), z.maxLength(ProviderName.options.length))

const EmailAddress = z
  .string()
  .check(z.maxLength(254, "Too long for an address"), z.email("Enter an address like team@example.com"))

/** One message, and its last attempt. */
export const Delivery = z.object({
  /** The id that the receiver gets; the same in every repeat. */
  id: z.string(),
  routeId: z.nullable(z.string()),
  /** The name of the route, or of the person. */
  to: z.string(),
  /** `waiting`: to be sent, or to be sent again. `failed`: given up. */
  state: z.enum(["waiting", "sent", "failed"]),
  isTest: z.boolean(),
  /** The message in one line. */
  says: z.string(),
  eventCount: z.number(),
  /** Moments are ISO 8601, UTC. */
  createdAt: z.string(),
  attempts: z.number(),
  lastAttemptAt: z.nullable(z.string()),
  /** The outcome of the last attempt, as in `HTTP 503`; null before the first. */
  lastAnswer: z.nullable(z.string()),
  /** Null when no further attempt is planned. */
  nextAttemptAt: z.nullable(z.string()),
})
export type Delivery = z.infer<typeof Delivery>

/** A route: which events go where. */
export const NotificationRoute = z.object({
  id: z.string(),
  name: z.string(),
  channel: NotificationChannel,
  /** Where messages go, without the secret part: a host, or e-mail addresses. */
  place: z.string(),
  projects: z.union([z.literal("*"), z.array(z.string())]),
  clouds: z.array(ProviderName),
  events: z.array(NotificationKind),
  createdAt: z.string(),
  createdBy: z.string(),
  /** A different one after each edit. */
  version: z.string(),
  /** When and why it was switched off, by a person or after repeated failure; null while it is on. */
  off: z.nullable(z.object({ at: z.string(), why: z.string() })),
  /** The newest message; null before the first. */
  last: z.nullable(Delivery),
})
export type NotificationRoute = z.infer<typeof NotificationRoute>

/** `GET /api/notifications/routes`, by name. */
export const NotificationRouteList = z.object({
  routes: z.array(NotificationRoute),
  /** False when the server has no mail server to send by. */
  canMail: z.boolean(),
})
export type NotificationRouteList = z.infer<typeof NotificationRouteList>

const scope = {
  name: lineOfText(60, "Enter a name"),
  projects: Projects,
  clouds: Clouds,
  events: EventKinds,
}
const target = {
  /** Of a webhook, Slack or Teams. Never shown again. */
  url: z.optional(z.string().check(z.maxLength(2_000, "Use at most 2,000 characters"))),
  /** Of the channel `email`. */
  addresses: z.optional(
    z
      .array(EmailAddress)
      .check(
        z.minLength(1, "Enter an address"),
        z.maxLength(mostAddresses, `Use at most ${mostAddresses} addresses`),
      ),
  ),
}

/** The body of `POST /api/notifications/routes`. */
export const CreateNotificationRoute = z.strictObject({ ...scope, channel: NotificationChannel, ...target })
export type CreateNotificationRoute = z.infer<typeof CreateNotificationRoute>

const version = z.string().check(z.maxLength(64, "Use the version of the route as it was read"))

/**
 * The body of `PATCH /api/notifications/routes/{routeId}`: what is left out stays. With the `version` that the change is based on, it is
 * refused once the route has another one.
 */
export const ChangeNotificationRoute = z
  .partial(z.strictObject({ ...scope, ...target, on: z.boolean(), newSecret: z.literal(true), version }))
  .check(z.refine((change) => Object.keys(change).length > 0, "Change at least one field"))
export type ChangeNotificationRoute = z.infer<typeof ChangeNotificationRoute>

/** A route as it is after a change. */
export const ChangedNotificationRoute = z.object({
  route: NotificationRoute,
  /** The secret that signs a webhook's messages (`whsec_…`); shown only when it was just made. */
  secret: z.nullable(z.string()),
})
export type ChangedNotificationRoute = z.infer<typeof ChangedNotificationRoute>

/** The query parameters of `GET /api/notifications/deliveries`. */
export const DeliveryQuery = z.object({ route: z.optional(z.string().check(z.maxLength(40))) })

/** `GET /api/notifications/deliveries`: the newest 100. */
export const DeliveryList = z.object({ deliveries: z.array(Delivery) })
export type DeliveryList = z.infer<typeof DeliveryList>

/** One event as its inbox shows it. */
export const InboxEntry = z.object({
  /** 1, 2, 3 … in the order of all events. */
  number: z.number(),
  at: z.string(),
  kind: NotificationKind,
  projectId: z.nullable(z.string()),
  peeringId: z.nullable(z.string()),
  /** One sentence. */
  says: z.string(),
})
export type InboxEntry = z.infer<typeof InboxEntry>

/** `GET /api/inbox`: the events of the last 30 days that you may see, newest first, 100 at most. */
export const Inbox = z.object({
  entries: z.array(InboxEntry),
  /** Entries with a higher number are unread. */
  readUpTo: z.number(),
  unread: z.number(),
})
export type Inbox = z.infer<typeof Inbox>

/** The body of `POST /api/inbox/read`: everything up to an entry is read. */
export const MarkRead = z.strictObject({ upTo: z.number("Enter a number").check(z.int(), z.gte(0)) })

/** `GET` and `PUT /api/inbox/mail`: the events of which a person gets e-mail. */
export const MailChoice = z.object({
  events: z.array(NotificationKind),
  /** The one address for which the identity provider vouches; null without such a one. */
  address: z.nullable(z.string()),
  /** Why there is none. `unverified`: without `email_verified`. `invalid`: not exactly one. */
  addressProblem: z.nullable(z.enum(["missing", "unverified", "invalid"])),
  /** False when the server has no mail server to send by. */
  canMail: z.boolean(),
})
export type MailChoice = z.infer<typeof MailChoice>

export const ChooseMail = z.strictObject({
  events: z.array(z.enum(NotificationKind.options, "No such event")).check(z.maxLength(20)),
})
