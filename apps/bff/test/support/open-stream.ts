import { request as sendHttp } from "node:http"
import type { TestingBrowser } from "@peering-desk/demo-identity-provider"
import { toCookieHeader } from "./browser.ts"

/** A stream somebody has open: what came so far, when it has come to a text, and all of it once the server ended it. */
export interface OpenStream {
  until: (text: string) => Promise<void>
  ended: Promise<string>
  isOpen: () => boolean
  close: () => void
}

export function openStream(browser: TestingBrowser, origin: string): Promise<OpenStream> {
  const cookie = toCookieHeader(browser)
  return new Promise((resolve, reject) => {
    const request = sendHttp(`${origin}/api/events`, { agent: false, headers: { cookie } }, (response) => {
      let text = ""
      let open = true
      const looks = new Set<() => void>()
      response.setEncoding("utf8")
      response.on("data", (part: string) => {
        text += part
        for (const look of looks) look()
      })
      const ended = new Promise<string>((done) =>
        response.on("close", () => {
          open = false
          done(text)
        }),
      )
      const until = (wanted: string) =>
        new Promise<void>((found) => {
          const look = () => text.includes(wanted) && found()
          looks.add(look)
          look()
        })
      void until(": open").then(() =>
        resolve({ until, ended, isOpen: () => open, close: () => response.destroy() }),
      )
    })
    request.on("error", reject)
    request.end()
  })
}
