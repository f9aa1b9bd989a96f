import type { Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import type { TokenOwners } from "#api-tokens/token-owners.ts"
import type { AuditLog } from "#audit/audit-log.ts"
import { AppError } from "#base/app-error.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { toMailAddress } from "#sign-in/provider/mail-address.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import { toUserKey } from "#store/session-store.ts"
import type { Inboxes } from "./inbox.ts"

interface InboxHandlerDeps {
  inboxes: Inboxes
  /** Remembers the claims of people who get e-mail, for the time they are away. */
  tokenOwners: Pick<TokenOwners, "save">
  audit: Pick<AuditLog, "recordChange">
  canMail: boolean
}

const addressTexts = {
  missing: "Your identity provider gives no e-mail address",
  unverified: "Your identity provider does not confirm your e-mail address (email_verified)",
  invalid: "Your identity provider does not give exactly one e-mail address",
}

/** The inbox of a person, and their choice of e-mail. */
export function createInboxHandlers({ inboxes, tokenOwners, audit, canMail }: InboxHandlerDeps) {
  const keyOf = (request: Request) => toUserKey(userOf(request).identity)
  const readInbox = (request: Request) => inboxes.read(keyOf(request), userOf(request).access)
  const readChoice = async (request: Request) => {
    const { address, problem: addressProblem } = toMailAddress(userOf(request))
    return { events: await inboxes.readMailEvents(keyOf(request)), address, addressProblem, canMail }
  }

  return {
    inbox: { get: ({ request }) => readInbox(request) },
    readInbox: {
      async post({ request, body: { upTo } }) {
        await inboxes.markRead(keyOf(request), upTo)
        return await readInbox(request)
      },
    },
    inboxMail: {
      get: ({ request }) => readChoice(request),
      async put({ request, body }) {
        const { identity, claims, checkedAt } = userOf(request)
        const events = [...new Set(body.events)]
        const { problem } = toMailAddress({ identity, claims })
        if (events.length > 0 && problem !== null)
          throw new AppError("invalid_request", { fields: { events: addressTexts[problem] } })
        await audit.recordChange(
          {
            action: "mail-choice-changed",
            ...toActor(request),
            detail: { events: events.join(", ") },
          },
          async (transaction) => {
            await inboxes.chooseMailEvents(keyOf(request), events, transaction)
            if (events.length > 0) await tokenOwners.save({ identity, claims }, checkedAt, transaction)
          },
        )
        return await readChoice(request)
      },
    },
  } satisfies ApiHandlers<Routes, "inbox" | "readInbox" | "inboxMail">
}
