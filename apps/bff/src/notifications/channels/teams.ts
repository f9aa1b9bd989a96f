import { chooseShownLines, type Message } from "./message.ts"

/** Writes a message for a Microsoft Teams workflow: an Adaptive Card, as its trigger "When a Teams webhook request is received" takes it. */
export function toTeamsBody(message: Message): string {
  const { shown, more } = chooseShownLines(message)
  const texts = [
    ...shown.map(({ title, sentence, projectName }) =>
      toText(`**${title}**${projectName === null ? "" : ` · ${escape(projectName)}`}\n\n${escape(sentence)}`),
    ),
    ...(more === 0 ? [] : [toText(`and ${more} more`)]),
  ]
  return JSON.stringify({
    type: "message",
    summary: escape(message.summary),
    attachments: [
      {
        contentType: "application/vnd.microsoft.card.adaptive",
        contentUrl: null,
        content: {
          $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
          type: "AdaptiveCard",
          version: "1.4",
          fallbackText: escape(message.summary),
          body:
            texts.length === 1 ? texts : [toText(escape(message.summary), { weight: "Bolder" }), ...texts],
          actions: [{ type: "Action.OpenUrl", title: "Open Peering Desk", url: message.link }],
        },
      },
    ],
  })
}

function toText(text: string, more: { weight?: "Bolder" } = {}) {
  return { type: "TextBlock", text, wrap: true, ...more }
}

/** A card reads a part of Markdown, and some clients make links of addresses. */
function escape(text: string): string {
  return text.replace(/[\\*_[\]()#`~>]/g, "\\$&").replace(/:(?=\/\/)/g, "$&\u200B")
}
