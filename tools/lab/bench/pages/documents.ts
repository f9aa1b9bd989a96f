import { request } from "undici"
import { zoneCookie } from "#tools/lab/bench/browser.ts"
import { readCpuUs } from "#tools/lab/bench/process-cost.ts"
import { compare, interleave } from "#tools/lab/bench/rounds.ts"
import type { Figure } from "#tools/lab/figure.ts"
import type { BenchPage, ShownPage } from "./plain-page.ts"

const roundCount = 3
const warmings = 10
const documents = 60
const drawing =
  "Half of it are the reads, each through the guards of its route; the rest is React's drawing, choosing rules of CSS and compressing."

/**
 * Measures the processor time of a page's document on the server, beside what the page reads asked for by HTTP. Pages that the browser draws
 * are not measured: their document is a file.
 */
export async function measureDocuments(
  pid: number,
  pages: readonly (BenchPage & ShownPage)[],
): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { name, url, cookie, reads } of pages) {
    const zone = Object.entries(zoneCookie).map(([cookieName, value]) => `; ${cookieName}=${value}`)
    const headers = { cookie: cookie + zone.join(""), "accept-encoding": "br", accept: "text/html,*/*" }
    const ask = async (address: string) => {
      const { statusCode, body } = await request(address, { headers })
      await body.dump({ limit: Number.MAX_SAFE_INTEGER })
      if (statusCode !== 200) throw new Error(`${address} was answered ${statusCode}`)
    }
    const cost = async (addresses: readonly string[]) => {
      const askAll = async (times: number) => {
        for (let left = times; left > 0; left -= 1) for (const address of addresses) await ask(address)
      }
      await askAll(warmings)
      const before = readCpuUs(pid)
      await askAll(documents)
      return (readCpuUs(pid) - before) / 1_000 / documents
    }
    const isDrawn = (await (await fetch(url, { headers })).text()).includes('id="page-data"')
    const { ours, peer } = await interleave(isDrawn ? roundCount : 0, {
      ours: () => cost([url]),
      peer: () => cost(reads.map((path) => new URL(path, url).href)),
    })
    // A browser asks for nothing that came with the document.
    const byHttp = reads.length === 0 ? undefined : { what: "its reads by HTTP", rounds: peer }
    const toFigure = compare({ ours, ...(byHttp && { peer: byHttp }) })
    figures.push(toFigure(`${name}: processor time of its document`, "ms", (ms) => ms, 12, drawing))
  }
  return figures
}
