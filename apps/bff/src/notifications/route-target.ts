import type { NotificationChannel } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import { findAddressMistake } from "#notifications/channels/post-to-target.ts"
import { createSigningSecret } from "#notifications/channels/webhook.ts"
import type { Target } from "./route-table.ts"

interface TargetInputs {
  url?: string | undefined
  addresses?: readonly string[] | undefined
}

/**
 * Checks the target of a route, and names it without its secret part: the path of a webhook is one.
 * @throws AppError `invalid_request`
 */
export function toTarget(
  channel: NotificationChannel,
  { url, addresses }: TargetInputs,
  { insideHosts, canMail }: { insideHosts: readonly string[]; canMail: boolean },
): { target: Target; place: string } {
  if (channel === "email") {
    if (!canMail)
      refuse("channel", "This server has no mail server. An operator sets SMTP_URL and SMTP_FROM.")
    if (url !== undefined) refuse("url", "E-mail goes to addresses")
    if (addresses === undefined) refuse("addresses", "Enter an address")
    const [first, ...more] = addresses
    return {
      target: { addresses },
      place: more.length === 0 ? String(first) : `${first} and ${more.length} more`,
    }
  }
  if (addresses !== undefined) refuse("addresses", "Only the channel email has these")
  if (url === undefined) refuse("url", "Enter an address that begins with https://")
  const mistake = findAddressMistake(url, insideHosts)
  if (mistake !== null) refuse("url", mistake)
  const secret = channel === "webhook" ? { secret: createSigningSecret() } : {}
  return { target: { url: new URL(url).href, ...secret }, place: new URL(url).host }
}

function refuse(field: string, why: string): never {
  throw new AppError("invalid_request", { fields: { [field]: why } })
}
