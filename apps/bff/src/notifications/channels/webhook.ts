import { createHmac, randomBytes } from "node:crypto"
import type { Message } from "./message.ts"

const prefix = "whsec_"

/** Makes a signing secret: 32 random bytes, in the form of Standard Webhooks. */
export function createSigningSecret(): string {
  return `${prefix}${randomBytes(32).toString("base64")}`
}

/**
 * Returns the headers that sign a body by the rules of Standard Webhooks (https://www.standardwebhooks.com), symmetric kind `v1`.
 * @param at of this attempt, milliseconds since 1970
 */
export function signWebhook(
  { id, body, at }: { id: string; body: string; at: number },
  secret: string,
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000))
  const key = Buffer.from(secret.slice(prefix.length), "base64")
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` }
}

/** Writes the body of a webhook. */
export function toWebhookBody(message: Message): string {
  const { createdAt, isTest, summary, lines } = message
  return JSON.stringify({
    type: isTest ? "peering-desk.test" : "peering-desk.events",
    timestamp: new Date(createdAt).toISOString(),
    data: {
      summary,
      events: lines.map(({ number, kind, at, sentence, link, projectName, event: { about, values } }) => ({
        number,
        kind,
        at,
        sentence,
        link,
        ...(about !== null && {
          projectId: about.projectId,
          projectName,
          providerName: about.providerName,
          peeringId: about.peeringId,
          status: values.status ?? null,
        }),
        name: values.name ?? null,
      })),
    },
  })
}
