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
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query"
import { hasFields } from "./answer.ts"
import { readJson, sendJson } from "./http.ts"

const isRouteList = hasFields<NotificationRouteList>("routes", "canMail")
const isChanged = hasFields<ChangedNotificationRoute>("route", "secret")
const isDelivery = hasFields<Delivery>("id", "state")
const isDeliveryList = hasFields<DeliveryList>("deliveries")
const isMailChoice = hasFields<MailChoice>("events", "canMail")

const routesKey = ["notification-routes"]
const deliveriesKey = ["notification-deliveries"]
const mailKey = ["inbox-mail"]

/** How often an open page asks for new messages. */
const messagesEveryMs = 30_000

/** Reads of which events the person gets e-mail. */
export function mailChoiceQuery() {
  return queryOptions({
    queryKey: mailKey,
    queryFn: ({ signal }) => readJson({ url: apiUrls.inboxMail(), isAnswer: isMailChoice, signal }),
  })
}

/** Chooses of which events the person gets e-mail. */
export function useChooseMail() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (events: readonly NotificationKind[]) =>
      sendJson({
        url: apiUrls.inboxMail(),
        method: "PUT",
        body: { events },
        isAnswer: isMailChoice,
      }),
    onSuccess: (choice) => queryClient.setQueryData(mailKey, choice),
  })
}

/** Lists the routes, for an administrator. */
export function notificationRoutesQuery() {
  return queryOptions({
    queryKey: routesKey,
    queryFn: ({ signal }) => readJson({ url: apiUrls.notificationRoutes(), isAnswer: isRouteList, signal }),
    staleTime: 0,
  })
}

/** Lists the newest messages, for an administrator. */
export function deliveriesQuery() {
  return queryOptions({
    queryKey: deliveriesKey,
    queryFn: ({ signal }) => readJson({ url: apiUrls.deliveries(), isAnswer: isDeliveryList, signal }),
    staleTime: 0,
    refetchInterval: messagesEveryMs,
  })
}

/** Adds a route, or changes the one with an id. Only the answer has the secret of a webhook. */
export function useSaveRoute() {
  const refresh = useRefreshRoutes()
  return useMutation({
    mutationFn: ({ id, body }: SaveRoute) =>
      id === null
        ? sendJson({
            url: apiUrls.notificationRoutes(),
            method: "POST",
            body,
            isAnswer: isChanged,
          })
        : sendJson({
            url: apiUrls.notificationRoute(id),
            method: "PATCH",
            body,
            isAnswer: isChanged,
          }),
    onSuccess: refresh,
    // The secret goes with the dialog that shows it.
    gcTime: 0,
  })
}

type SaveRoute = { id: null; body: CreateNotificationRoute } | { id: string; body: ChangeNotificationRoute }

export function useRemoveRoute() {
  const refresh = useRefreshRoutes()
  return useMutation({
    mutationFn: (id: string) =>
      sendJson({
        url: apiUrls.notificationRoute(id),
        method: "DELETE",
        isAnswer: (body) => body === undefined,
      }),
    onSettled: refresh,
  })
}

/** Sends a test message now. */
export function useTestRoute() {
  const refresh = useRefreshRoutes()
  return useMutation({
    mutationFn: (id: string) =>
      sendJson({
        url: apiUrls.testNotificationRoute(id),
        method: "POST",
        isAnswer: isDelivery,
      }),
    onSettled: refresh,
  })
}

/** Sends a message again, with its id. */
export function useSendAgain() {
  const refresh = useRefreshRoutes()
  return useMutation({
    mutationFn: (id: string) =>
      sendJson({ url: apiUrls.sendAgain(id), method: "POST", isAnswer: isDelivery }),
    onSettled: refresh,
  })
}

/** Routes show their newest message, so both lists are read again. */
function useRefreshRoutes() {
  const queryClient = useQueryClient()
  return async () => {
    await Promise.all(
      [routesKey, deliveriesKey].map((queryKey) => queryClient.invalidateQueries({ queryKey })),
    )
  }
}
