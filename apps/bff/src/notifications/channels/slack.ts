import { chooseShownLines, type Message, type MessageLine } from "./message.ts"

/** Slack refuses longer texts in a section. */
const longestText = 2_900

/** Writes a message for a Slack incoming webhook: blocks, and a text for notifications and screen readers. */
export function toSlackBody(message: Message): string {
  const { shown, more } = chooseShownLines(message)
  const rest = more === 0 ? [] : [toSection(`and ${more} more`)]
  const button = {
    type: "actions",
    elements: [
      {
        type: "button",
        text: { type: "plain_text", text: "Open Peering Desk" },
        url: message.link,
      },
    ],
  }
  return JSON.stringify({
    text: escape(message.summary),
    unfurl_links: false,
    unfurl_media: false,
    blocks:
      shown.length === 0
        ? [toSection(escape(message.summary)), button]
        : [
            ...(shown.length > 1 ? [toSection(`*${escape(message.summary)}*`)] : []),
            ...shown.map(toBlock),
            ...rest,
            button,
          ],
  })
}

function toBlock({ title, sentence, projectName }: MessageLine) {
  const project = projectName === null ? "" : ` · ${escape(projectName)}`
  return toSection(`*${title}*${project}\n${escape(sentence)}`)
}

function toSection(text: string) {
  // Verbatim, or Slack makes links and mentions of names and reasons.
  return { type: "section", text: { type: "mrkdwn", text: text.slice(0, longestText), verbatim: true } }
}

/** Escapes as Slack asks, and keeps a name from being read as formatting, as a mention or as a link. */
function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[*_~`]/g, "\u200B$&")
    .replace(/@|:(?=\/\/)/g, "$&\u200B")
}
