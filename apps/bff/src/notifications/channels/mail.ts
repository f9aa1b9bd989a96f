import nodemailer, { type Transporter } from "nodemailer"
import { isLoopbackHost } from "#http/loopback.ts"
import { chooseShownLines, type Message } from "./message.ts"
import { toUnanswered, type Outcome } from "./outcome.ts"

/** The mail server that messages go through. */
export interface MailSettings {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  url: URL
  from: string
}

export type MailSender = ReturnType<typeof createMailSender>

const patienceMs = 10_000

/** Sends e-mail by SMTP. Without `smtps` it insists on STARTTLS, except with a server on this machine. */
export function createMailSender({ url, from }: MailSettings) {
  let transport = createTransport(url)
  return {
    /** @param isRoute the addresses are those of a route, not of a person who chose to get e-mail */
    async send(message: Message, to: readonly string[], isRoute = false): Promise<Outcome> {
      try {
        const { rejected = [] } = await transport.sendMail({
          from,
          // People on one route need not know of each other, and the sender's address gets no copy.
          to: to.length === 1 ? [...to] : from,
          envelope: { from, to: [...to] },
          subject: `Peering Desk: ${withoutLinks(message.summary)}`,
          text: toText(message, isRoute),
          messageId: `<${message.id}@peering-desk>`,
          headers: { "Auto-Submitted": "auto-generated" },
        })
        const accepted = to.length - rejected.length
        const part =
          rejected.length === 0 ? "" : ` for ${accepted} of ${to.length} addresses, refused for the others`
        return { ok: true, answer: `Accepted by the mail server${part}` }
      } catch (error) {
        return explain(error)
      }
    },
    /** Connects and signs in, and sends nothing. */
    async signIn(): Promise<Outcome> {
      try {
        await transport.verify()
        return { ok: true, answer: "Accepted by the mail server" }
      } catch (error) {
        return explain(error)
      }
    },
    /** Sends what follows by another address, since its password may have been replaced. */
    replaceUrl(next: URL) {
      transport.close()
      transport = createTransport(next)
    },
    close: () => transport.close(),
  }
}

function createTransport({ protocol, hostname, port, username, password }: URL): Transporter {
  const secure = protocol === "smtps:"
  return nodemailer.createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !isLoopbackHost(hostname),
    ...(username !== "" && {
      auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

function toText(message: Message, isRoute: boolean): string {
  const { shown, more } = chooseShownLines(message)
  const parts = shown.map(({ title, sentence, link, projectName }) =>
    [
      withoutLinks(projectName === null ? title : `${title} · ${projectName}`),
      withoutLinks(sentence),
      link,
    ].join("\n"),
  )
  const head = shown.length === 1 ? [] : [withoutLinks(message.summary)]
  const tail = more === 0 ? [] : [`and ${more} more: ${message.link}`]
  const end = isRoute
    ? `Sent by a route, which global administrators change at ${new URL("/notifications/routes", message.link).href}`
    : `Choose your e-mail at ${new URL("/notifications/email", message.link).href}`
  return `${[...head, ...parts, ...tail, end].join("\n\n")}\n`
}

/** Keeps mail programs from making links of names and reasons, of which some look like addresses. Ours have lines to themselves. */
function withoutLinks(text: string): string {
  return text.replace(/:(?=\/\/)|(?<=[\p{L}\p{N}-])[.@](?=\p{L}{2})/gu, "$&\u200B")
}

/** Says why a mail was not taken, by SMTP's code. The server's own words may hold addresses and names, so they are left out. */
function explain(error: unknown): Outcome {
  const { responseCode, code, originalCode } = error as {
    responseCode?: number
    code?: string
    originalCode?: string
  }
  if (code === "EAUTH")
    return { ok: false, answer: `The mail server refused the sign-in (${responseCode ?? code})` }
  if (code === "ETLS" && responseCode !== undefined)
    return { ok: false, answer: `The mail server refused STARTTLS (${responseCode})` }
  if (responseCode !== undefined) return { ok: false, answer: `The mail server answered ${responseCode}` }
  return toUnanswered("mail server", originalCode ?? code)
}
