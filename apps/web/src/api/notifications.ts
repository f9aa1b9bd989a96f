import {
  apiUrls,
  type ChangedNotificationRoute,
  type ChangeNotificationRoute,
  type CreateNotificationRoute,
  type Delivery,
  type DeliveryList,
  type MailChoice,
  type NotificationKind,
  type NotificationRouteList,
} from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { useChange, useRemoval } from "./change.ts"
import { readOf } from "./reads.ts"

const isRouteList = hasFields<NotificationRouteList>("routes", "canMail")
const isChanged = hasFields<ChangedNotificationRoute>("route", "secret")
const isDelivery = hasFields<Delivery>("id", "state")
const isDeliveryList = hasFields<DeliveryList>("deliveries")
const isMailChoice = hasFields<MailChoice>("events", "canMail")

const routesKey = ["notification-routes"]
const deliveriesKey = ["notification-deliveries"]
const mailKey = ["inbox-mail"]
/** Routes show their newest message, so both lists are read again. */
const stale = [routesKey, deliveriesKey]

/** How often an open page asks for new messages. */
const messagesEveryMs = 30_000

/** Reads of which events the person gets e-mail. */
export function mailChoiceQuery() {
  return queryOptions({ queryKey: mailKey, queryFn: readOf(apiUrls.inboxMail(), isMailChoice) })
}

/** Chooses of which events the person gets e-mail. */
export function useChooseMail() {
  return useChange(
    (events: readonly NotificationKind[]) => ({
      url: apiUrls.inboxMail(),
      method: "PUT",
      body: { events },
      isAnswer: isMailChoice,
    }),
    { onAnswer: (client, choice) => client.setQueryData(mailKey, choice) },
  )
}

/** Lists the routes, for an administrator. */
export function notificationRoutesQuery() {
  return queryOptions({
    queryKey: routesKey,
    queryFn: readOf(apiUrls.notificationRoutes(), isRouteList),
    staleTime: 0,
  })
}

/** Lists the newest messages, for an administrator. */
export function deliveriesQuery() {
  return queryOptions({
    queryKey: deliveriesKey,
    queryFn: readOf(apiUrls.deliveries(), isDeliveryList),
    staleTime: 0,
    refetchInterval: messagesEveryMs,
  })
}

/** Adds a route, or changes the one with an id. Only the answer has the secret of a webhook, which goes with the dialog that shows it. */
export function useSaveRoute() {
  return useChange(
    ({ id, body }: SaveRoute) =>
      id === null
        ? { url: apiUrls.notificationRoutes(), method: "POST", body, isAnswer: isChanged }
        : { url: apiUrls.notificationRoute(id), method: "PATCH", body, isAnswer: isChanged },
    { stale, gcTime: 0 },
  )
}

type SaveRoute = { id: null; body: CreateNotificationRoute } | { id: string; body: ChangeNotificationRoute }

export function useRemoveRoute() {
  return useRemoval(apiUrls.notificationRoute, stale)
}

/** Sends a test message now. */
export function useTestRoute() {
  return useSending(apiUrls.testNotificationRoute)
}

/** Sends a message again, with its id. */
export function useSendAgain() {
  return useSending(apiUrls.sendAgain)
}

function useSending(toUrl: (id: string) => string) {
  return useChange((id: string) => ({ url: toUrl(id), method: "POST", isAnswer: isDelivery }), { stale })
}
