import { Webhook } from "standardwebhooks"
import { SMTPServer } from "smtp-server"
import type { AddressInfo } from "node:net"
import { afterEach, describe, expect, test } from "vitest"
import type { NotificationEvent } from "#events/notifications.ts"
import { failed } from "#test/support/notifications.ts"
import { projectId } from "#test/support/audit-log.ts"
import { createMailSender } from "./mail.ts"
import { toMessage, type Message } from "./message.ts"
import { toSlackBody } from "./slack.ts"
import { toTeamsBody } from "./teams.ts"
import { createSigningSecret, signWebhook, toWebhookBody } from "./webhook.ts"

const createdAt = Date.UTC(2026, 10, 26, 9, 30)
const id = "0b6f3b0e-7c1a-4d55-9f1e-2f5c3c1a9d10"

function build(events: NotificationEvent[]): Message {
  return toMessage({
    id,
    createdAt,
    isTest: false,
    events,
    publicUrl: new URL("https://desk.example.com"),
    nameProject: (project) => (project === projectId ? "payments-prod" : null),
  })
}

const fail = (number: number, name = `vpc-${number}`): NotificationEvent => {
  const { at, about, values, status = null } = failed(number, createdAt)
  return { number, at, kind: "failed", about, values: { why: values?.why ?? "", status, name } }
}
const one = build([fail(1)])
const link = `https://desk.example.com/projects/${projectId}/connections/${"1".padStart(24, "0")}`

test("a message about several events keeps the names in their titles", () => {
  const kinds = ["cloud-role-refused", "key-expires", "declined"] as const
  const events = kinds.map((kind) => ({ ...fail(1), kind }))
  expect(build(events).summary).toBe(
    "3 notifications: 1 AWS refused a reading role, 1 Atlas secret expires, 1 declined by owner",
  )
})

describe("a webhook", () => {
  test("is signed so that the standardwebhooks package accepts it, and no changed one", () => {
    const secret = createSigningSecret()
    const body = toWebhookBody(one)
    const headers = signWebhook({ id, body, at: Date.now() }, secret)
    expect(new Webhook(secret).verify(body, headers)).toEqual({
      type: "peering-desk.events",
      timestamp: "2026-11-26T09:30:00.000Z",
      data: {
        summary: "vpc-1 failed: the addresses overlap.",
        events: [
          {
            number: 1,
            kind: "failed",
            at: "2026-11-26T09:30:00.000Z",
            sentence: "vpc-1 failed: the addresses overlap.",
            link,
            projectId,
            projectName: "payments-prod",
            providerName: "AWS",
            peeringId: "1".padStart(24, "0"),
            status: "FAILED",
            name: "vpc-1",
          },
        ],
      },
    })
    expect(headers["webhook-id"]).toBe(id)
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow(/signature/i)
    expect(() => new Webhook(createSigningSecret()).verify(body, headers)).toThrow(/signature/i)
    const old = signWebhook({ id, body, at: Date.now() - 10 * 60_000 }, secret)
    expect(() => new Webhook(secret).verify(body, old)).toThrow(/too old/i)
  })
})

test("a message about a role that AWS refuses links to the page of cloud accounts", () => {
  const about = { projectId, providerName: "AWS", peeringId: null } as const
  const event = { number: 1, at: createdAt, kind: "cloud-role-refused", about, values: {} } as const
  expect(build([event]).link).toBe("https://desk.example.com/cloud-accounts")
})

describe("Slack", () => {
  test("gets Block Kit with a text for those who see no blocks", () => {
    expect(JSON.parse(toSlackBody(one))).toEqual({
      text: "vpc-1 failed: the addresses overlap.",
      unfurl_links: false,
      unfurl_media: false,
      blocks: [
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: "*Failed* · payments-prod\nvpc-1 failed: the addresses overlap.",
            verbatim: true,
          },
        },
        {
          type: "actions",
          elements: [{ type: "button", text: { type: "plain_text", text: "Open Peering Desk" }, url: link }],
        },
      ],
    })
  })

  test("gets ten lines and the number of the rest, within its limits", () => {
    const events = Array.from({ length: 1_000 }, (_, index) => fail(index + 1, "x".repeat(5_000)))
    const { text: fallback, blocks } = JSON.parse(toSlackBody(build(events))) as {
      text: string
      blocks: { type: string; text?: { text: string } }[]
    }
    expect(fallback).toBe("1000 notifications: 1000 failed")
    expect(blocks.length).toBeLessThanOrEqual(50)
    expect(blocks.at(-2)?.text?.text).toBe("and 990 more")
    for (const block of blocks) expect((block.text?.text ?? "").length).toBeLessThanOrEqual(3_000)
  })

  test("reads a name neither as a mention, a link nor formatting", () => {
    const body = toSlackBody(build([fail(1, "<!channel> *b* <https://x.example|y> &")]))
    expect(body).not.toMatch(/<!|<https|[^\u200B]\*b/)
    expect(body).toContain("&lt;!channel&gt;")
  })
})

test("Teams gets a message with one Adaptive Card, in which a name is no Markdown", () => {
  const body = JSON.parse(toTeamsBody(build([fail(1, "[click](https://x.example)"), fail(2)]))) as object
  expect(body).toMatchObject({
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          type: "AdaptiveCard",
          version: "1.4",
          body: [
            { type: "TextBlock", wrap: true, text: "2 notifications: 2 failed", weight: "Bolder" },
            {
              type: "TextBlock",
              wrap: true,
              text: "**Failed** · payments-prod\n\n\\[click\\]\\(https:\u200B//x.example\\) failed: the addresses overlap.",
            },
            { type: "TextBlock" },
          ],
          actions: [{ type: "Action.OpenUrl", url: "https://desk.example.com/notifications" }],
        },
      },
    ],
  })
})

describe("e-mail", () => {
  const servers: SMTPServer[] = []
  afterEach(async () => {
    for (const server of servers.splice(0))
      await new Promise<void>((resolve) => server.close(() => resolve()))
  })

  interface Mail {
    to: string[]
    content: string
  }

  /** Starts a mail server with one account. Returns its URL and what it took. */
  async function openMailServer(password: string, refuse: string | null = null, refused = /./) {
    const mails: Mail[] = []
    const server = new SMTPServer({
      authOptional: false,
      allowInsecureAuth: true,
      hideSTARTTLS: true,
      disableReverseLookup: true,
      onAuth: (auth, _session, callback) =>
        auth.username === "desk" && auth.password === "p@ss word"
          ? callback(null, { user: "desk" })
          : callback(new Error("Invalid username or password")),
      onRcptTo: ({ address }, _session, callback) =>
        refuse === null || !refused.test(address)
          ? callback()
          : callback(Object.assign(new Error(refuse), { responseCode: 550 })),
      onData(stream, { envelope }, callback) {
        let content = ""
        stream.on("data", (part) => (content += String(part)))
        stream.on("end", () => {
          mails.push({ to: envelope.rcptTo.map(({ address }) => address), content })
          callback()
        })
      },
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.server.address() as AddressInfo
    const url = new URL(`smtp://desk:${encodeURIComponent(password)}@127.0.0.1:${port}`)
    return { mails, sender: createMailSender({ url, from: "Peering Desk <desk@example.com>" }) }
  }

  test("has one sentence, one link and the id that repeats share, and its readers don't see each other", async () => {
    const { mails, sender } = await openMailServer("p@ss word")
    const to = ["olivia@example.com", "nadia@example.com"]
    expect(await sender.send(one, to)).toEqual({ ok: true, answer: "Accepted by the mail server" })
    expect(mails.map((mail) => mail.to)).toEqual([to])
    const [{ content } = { content: "" }] = mails
    const head = content.slice(0, content.indexOf("\r\n\r\n"))
    expect(head).toContain(`Message-ID: <${id}@peering-desk>`)
    expect(head).toContain("Subject: Peering Desk: vpc-1 failed: the addresses overlap.")
    expect(head).not.toMatch(/olivia|nadia/)
    const body = content.slice(head.length).replace(/=\r\n/g, "").replace(/=3D/g, "=")
    expect(body).toContain(`Failed · payments-prod`.replace("·", "=C2=B7"))
    expect(body).toContain(link)
    sender.close()
  })

  test.each([
    [false, "Choose your e-mail at https://desk.example.com/notifications/email"],
    [
      true,
      "Sent by a route, which global administrators change at https://desk.example.com/notifications/routes",
    ],
  ])("says where it can be changed, as e-mail of a route (%s) or of a person", async (isRoute, words) => {
    const { mails, sender } = await openMailServer("p@ss word")
    await sender.send(one, ["olivia@example.com"], isRoute)
    expect(mails[0]?.content.replace(/=\r\n/g, "")).toContain(words)
    sender.close()
  })

  test("has no header of a name's making", async () => {
    const { mails, sender } = await openMailServer("p@ss word")
    await sender.send(build([fail(1, "x\r\nBcc: eve@example.com\r\n\r\nhello")]), ["olivia@example.com"])
    expect(mails.map(({ to }) => to)).toEqual([["olivia@example.com"]])
    expect(mails[0]?.content.split("\r\n\r\n")[0]).not.toMatch(/^Bcc:/im)
    sender.close()
  })

  test.each([
    ["the sign-in", "wrong-password", null, "The mail server refused the sign-in (535)"],
    ["the receiver", "p@ss word", "No such user: olivia", "The mail server answered 550"],
  ])("fails without the words of the server when it refuses %s", async (_, password, refusal, answer) => {
    const { sender } = await openMailServer(password, refusal)
    expect(await sender.send(one, ["olivia@example.com"])).toEqual({ ok: false, answer })
    sender.close()
  })

  test("says that a mail server elsewhere refuses STARTTLS", async () => {
    const server = new SMTPServer({ disabledCommands: ["STARTTLS"], disableReverseLookup: true })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.server.address() as AddressInfo
    // An address that leads here too, and is not taken for this machine's.
    const sender = createMailSender({ url: new URL(`smtp://0.0.0.0:${port}`), from: "desk@example.com" })
    const answer = "The mail server refused STARTTLS (500)"
    expect(await sender.send(one, ["olivia@example.com"])).toEqual({ ok: false, answer })
    sender.close()
  })

  test("counts the readers whom the mail server refuses, and fails when it refuses them all", async () => {
    const to = ["olivia@example.com", "gone@example.com"]
    const { mails, sender } = await openMailServer("p@ss word", "No such user", /^gone/)
    expect(await sender.send(one, to)).toEqual({
      ok: true,
      answer: "Accepted by the mail server for 1 of 2 addresses, refused for the others",
    })
    expect(mails.map((mail) => mail.to)).toEqual([["olivia@example.com"]])
    expect(await sender.send(one, ["gone@example.com", "gone2@example.com"])).toEqual({
      ok: false,
      answer: "The mail server answered 550",
    })
    sender.close()
  })

  test("is not sent while the mail server is down", async () => {
    const sender = createMailSender({ url: new URL("smtp://127.0.0.1:1"), from: "desk@example.com" })
    expect(await sender.send(one, ["olivia@example.com"])).toEqual({
      ok: false,
      answer: "The mail server was not reached (ECONNREFUSED)",
    })
    sender.close()
  })

  test("names TLS when the certificate of the mail server is refused", async () => {
    const server = new SMTPServer({ secure: true, authOptional: true })
    servers.push(server)
    server.on("error", () => undefined)
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const { port } = server.server.address() as AddressInfo
    const sender = createMailSender({ url: new URL(`smtps://127.0.0.1:${port}`), from: "desk@example.com" })
    expect(await sender.send(one, ["olivia@example.com"])).toEqual({
      ok: false,
      answer: expect.stringMatching(/^TLS with the mail server failed \([A-Z_]*CERT[A-Z_]*\)$/) as string,
    })
    sender.close()
  })
})

describe("names and reasons with invisible characters, links and mentions", () => {
  const name = "vpc\r\nBcc: eve@example.com\u202e @here https://evil.example/login"
  const project = "pay\u2028ments\r\n\r\nSign in: https://evil.example"
  const reason = "see https://evil.example <!channel> *now*\n"
  const event = fail(1, name)
  const message = toMessage({
    id,
    createdAt,
    isTest: false,
    events: [
      event,
      { ...event, number: 2, kind: "approval-requested", values: { name, by: name, why: reason } },
    ],
    publicUrl: new URL("https://desk.example.com"),
    nameProject: () => project,
  })
  const isClean = (text: string) => expect(text).not.toMatch(/[\p{Cc}\u202e\u2028]/u)

  test("reach a webhook as codes", () => {
    const body = toWebhookBody(message)
    isClean(body)
    expect(body).not.toMatch(/\\[rn]|\\u00/)
    expect(body).toContain("pay\\\\u{2028}ments")
  })

  test("reach Slack as codes, in texts where no link and no mention is made of them", () => {
    const body = toSlackBody(message)
    isClean(body)
    const { text, blocks } = JSON.parse(body) as {
      text: string
      blocks: { text?: Record<string, unknown> }[]
    }
    const texts = blocks.flatMap((block) => (block.text === undefined ? [] : [block.text]))
    expect(texts.length).toBe(3)
    for (const one of texts) expect(one["verbatim"]).toBe(true)
    const single = toSlackBody(toMessage({ ...inputs(), events: [event] }))
    for (const sent of [text, single]) expect(sent).not.toMatch(/@here|https:\/\/evil|<!channel>/)
    expect(JSON.parse(single)).toMatchObject({ unfurl_links: false, unfurl_media: false })
  })

  test("reach Teams as codes, with the summary escaped like the rest", () => {
    const body = toTeamsBody(toMessage({ ...inputs(), events: [fail(1, `${name} [x](y) **b**`)] }))
    isClean(body)
    const { summary, attachments } = JSON.parse(body) as {
      summary: string
      attachments: { content: { fallbackText: string } }[]
    }
    for (const text of [summary, attachments[0]?.content.fallbackText ?? ""]) {
      expect(text).toContain("\\[x\\]\\(y\\) \\*\\*b\\*\\*")
      expect(text).not.toContain("https://evil")
    }
  })

  test("add no line, header or link to a mail", async () => {
    const sent: string[] = []
    const server = new SMTPServer({
      disabledCommands: ["AUTH", "STARTTLS"],
      onData(stream, _session, done) {
        let raw = ""
        stream.on("data", (data: Buffer) => (raw += data.toString()))
        stream.on("end", () => {
          sent.push(raw)
          done()
        })
      },
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()))
    const { port } = server.server.address() as AddressInfo
    const sender = createMailSender({
      url: new URL(`smtp://127.0.0.1:${port}`),
      from: "desk@example.com",
    })
    expect(await sender.send(message, ["ana@example.com"])).toMatchObject({ ok: true })
    sender.close()
    await new Promise<void>((resolve) => server.close(() => resolve()))
    const [raw = ""] = sent
    expect(raw).not.toMatch(/^(?:Bcc|Sign in):/im)
    expect(raw).not.toMatch(/\u202e|\u2028|=E2=80=AE|=E2=80=A8/)
    const toText = (codes: string) => Buffer.from(codes.replaceAll("=", ""), "hex").toString()
    const text = raw.replace(/=\r\n/g, "").replace(/(?:=[\dA-F]{2})+/g, toText)
    expect(text).toContain("https:\u200B//evil.\u200Bexample/login")
    expect(text).not.toMatch(/:\/\/evil|evil\.example|eve@example/)
    expect(text).toContain("\r\nhttps://desk.example.com/")
  })

  function inputs() {
    return {
      id,
      createdAt,
      isTest: false,
      publicUrl: new URL("https://desk.example.com"),
      nameProject: () => project,
    }
  }
})
