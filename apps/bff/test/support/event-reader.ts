import { request as sendHttp, type IncomingHttpHeaders } from "node:http"
import { readStreamEvent, type StreamEvent, type StreamEventName } from "@peering-desk/shared-schemas"

/** One event as it came, and the `Last-Event-ID` a browser would now remember. */
type StreamMessage = StreamEvent & { lastEventId: string }

type Data<Name extends StreamEventName> = Extract<StreamEvent, { event: Name }>["data"]

/** Reads a server-sent event stream as a browser does. */
export interface EventReader {
  status: number
  headers: IncomingHttpHeaders
  /** Every event so far. */
  messages: StreamMessage[]
  /** Everything that came, as it came. */
  text: () => string
  /** The next event of that name that was not asked for yet and satisfies the condition. */
  next: <Name extends StreamEventName>(name: Name, is?: (data: Data<Name>) => boolean) => Promise<Data<Name>>
  /** Resolves when a comment line has come after this call. */
  nextComment: () => Promise<string>
  lastEventId: () => string
  /** Stops taking bytes off the connection, or goes on. */
  pause: () => void
  resume: () => void
  /** Resolves when the server has ended the stream; rejects when it broke it off. */
  ended: Promise<void>
  close: () => void
}

/** Opens a stream. Resolves with the answer's head. */
export function readEventStream(url: string, headers: Record<string, string>): Promise<EventReader> {
  return new Promise((resolve, reject) => {
    const request = sendHttp(url, { agent: false, headers }, (response) => {
      const messages: StreamMessage[] = []
      const changed = new Set<() => void>()
      const comments: string[] = []
      const taken = new Map<string, number>()
      let text = ""
      let rest = ""
      let lastEventId = headers["last-event-id"] ?? ""

      const ended = new Promise<void>((resolveEnd, rejectEnd) => {
        response.on("end", () => resolveEnd())
        response.on("error", rejectEnd)
      })
      ended.catch(() => {})

      response.setEncoding("utf8")
      response.on("data", (part: string) => {
        text += part
        const blocks = (rest + part).split("\n\n")
        rest = blocks.pop() ?? ""
        for (const block of blocks) readBlock(block)
        for (const look of changed) look()
      })

      function readBlock(block: string): void {
        const fields = new Map<string, string>()
        for (const line of block.split("\n")) {
          if (line.startsWith(":")) comments.push(line)
          const colon = line.indexOf(": ")
          if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2))
        }
        lastEventId = fields.get("id") ?? lastEventId
        const data = fields.get("data")
        if (data === undefined) return
        const name = fields.get("event") ?? "message"
        if (name === "signed-out") return
        const event = readStreamEvent(name, JSON.parse(data))
        if (event === null) throw new Error(`the contract knows no such event: ${block}`)
        messages.push({ ...event, lastEventId })
      }

      function until<T>(find: () => T | undefined): Promise<T> {
        return new Promise((resolveFound) => {
          const look = () => {
            const found = find()
            if (found === undefined) return
            changed.delete(look)
            resolveFound(found)
          }
          changed.add(look)
          look()
        })
      }

      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        messages,
        text: () => text,
        next: (name, is = () => true) =>
          until(() => {
            for (let index = taken.get(name) ?? 0; index < messages.length; index += 1) {
              const message = messages[index]
              if (message?.event !== name) continue
              const data = message.data as Data<typeof name>
              if (!is(data)) continue
              taken.set(name, index + 1)
              return data
            }
            return undefined
          }),
        nextComment() {
          const before = comments.length
          return until(() => comments[before])
        },
        lastEventId: () => lastEventId,
        pause: () => response.pause(),
        resume: () => response.resume(),
        ended,
        close: () => response.destroy(),
      })
    })
    request.on("error", reject)
    request.end()
  })
}
