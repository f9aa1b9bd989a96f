import type { RouteTable } from "./route.ts"

/** The routes of notifications: where they are sent, and the inbox. A part of `routes.ts`. */
export const notificationRoutes = {
  notificationRoutes: {
    path: "/api/notifications/routes",
    get: {
      access: "global-administrator",
      summary: "Which events are sent where",
      answer: "NotificationRouteList",
    },
    post: {
      access: "global-administrator",
      personOnly: true,
      summary: "Add a route; only this answer has the secret of a webhook",
      status: 201,
      body: "CreateNotificationRoute",
      answer: "ChangedNotificationRoute",
    },
  },
  notificationRoute: {
    path: "/api/notifications/routes/:routeId",
    patch: {
      access: "global-administrator",
      personOnly: true,
      summary: "Change a route, switch it on or off, or make a new secret",
      body: "ChangeNotificationRoute",
      answer: "ChangedNotificationRoute",
    },
    delete: {
      access: "global-administrator",
      personOnly: true,
      summary: "Remove a route with its messages",
      status: 204,
    },
  },
  testNotificationRoute: {
    path: "/api/notifications/routes/:routeId/test",
    post: { access: "global-administrator", summary: "Send a test message now", answer: "Delivery" },
  },
  deliveries: {
    path: "/api/notifications/deliveries",
    get: {
      access: "global-administrator",
      summary: "Messages that were sent, wait or failed, newest first",
      query: "DeliveryQuery",
      answer: "DeliveryList",
    },
  },
  sendAgain: {
    path: "/api/notifications/deliveries/:deliveryId/send-again",
    post: {
      access: "global-administrator",
      summary: "Send a message again, with its id",
      answer: "Delivery",
    },
  },
  inbox: {
    path: "/api/inbox",
    get: {
      access: "signed-in",
      personOnly: true,
      summary: "Events of the projects that you may see",
      answer: "Inbox",
    },
  },
  readInbox: {
    path: "/api/inbox/read",
    post: {
      access: "signed-in",
      personOnly: true,
      summary: "Mark your inbox as read",
      body: "MarkRead",
      answer: "Inbox",
    },
  },
  inboxMail: {
    path: "/api/inbox/mail",
    get: {
      access: "signed-in",
      personOnly: true,
      summary: "The events of which you get e-mail",
      answer: "MailChoice",
    },
    put: {
      access: "signed-in",
      personOnly: true,
      summary: "Choose the events of which you get e-mail",
      body: "ChooseMail",
      answer: "MailChoice",
    },
  },
} as const satisfies RouteTable
