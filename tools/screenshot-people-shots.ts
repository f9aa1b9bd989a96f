import { apiUrls, type MailChoice, type SessionEntry, type SessionList } from "@peering-desk/shared-schemas"
import { answer, inDays, type Shot } from "./screenshot-shot.ts"

/** Lists states of a person's pages that the demo does not come to. */
export function listPeopleShots(): Shot[] {
  return [
    {
      name: "sessions-end",
      path: "/sessions",
      before: answer(apiUrls.sessions(), { sessions: [oldSession] } satisfies SessionList),
      reach: (page) => page.getByRole("button", { name: /^End session/ }).click(),
    },
    ...(["unverified", "invalid"] as const).map((addressProblem): Shot => ({
      name: `notifications-email-${addressProblem}`,
      path: "/notifications/email",
      before: answer(apiUrls.inboxMail(), {
        events: [],
        address: null,
        addressProblem,
        canMail: true,
      } satisfies MailChoice),
    })),
  ]
}

const oldSession: SessionEntry = {
  id: "a",
  user: { issuer: "x", subject: "olivia", name: "Olivia Marsh", email: "olivia@example.com" },
  current: false,
  signedInAt: inDays(-0.25),
  lastSeenAt: inDays(-0.2),
  endsAt: inDays(0.25),
  address: "10.0.0.7",
  browser: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
  tokens: 2,
}
