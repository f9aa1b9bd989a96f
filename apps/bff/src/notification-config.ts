import * as z from "zod/mini"
import type { NotificationSettings } from "#notifications/create-notifications.ts"
import { hostNames, mailUrl, type ConfigErrors } from "./environment.ts"

const sender = /^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/

/** The variables of what is sent to people and other programs. */
export const notificationVariables = {
  SMTP_URL: z.optional(mailUrl),
  SMTP_FROM: z.optional(
    z
      .string()
      .check(z.regex(sender, "must be an address, as desk@example.com or Peering Desk <desk@example.com>")),
  ),
  NOTIFICATION_INSIDE_HOSTS: z._default(hostNames, []),
}

const Values = z.object(notificationVariables)

/** A mail server is of no use without a sender. */
export function refuseHalfMail(values: Readonly<Record<string, string>>, mistakes: ConfigErrors): void {
  if ((values["SMTP_URL"] === undefined) !== (values["SMTP_FROM"] === undefined))
    mistakes.set("SMTP_FROM", "and SMTP_URL belong together: set both or none")
}

/** Translates the variables into what the module takes. */
export function toNotificationSettings(values: z.output<typeof Values>): NotificationSettings {
  const { SMTP_URL: url, SMTP_FROM: from, NOTIFICATION_INSIDE_HOSTS: insideHosts } = values
  return { mail: url === undefined || from === undefined ? null : { url, from }, insideHosts }
}
