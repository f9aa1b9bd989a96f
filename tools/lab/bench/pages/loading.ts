import { join } from "node:path"
import type { Browser } from "@playwright/test"
import { examine } from "#tools/lighthouse.ts"
import { compare, interleave } from "#tools/lab/bench/rounds.ts"
import type { Figure } from "#tools/lab/figure.ts"
import { startHttp2Front } from "./http2-front.ts"
import type { BenchPage } from "./plain-page.ts"
import { farAway, slowPhone, visit, type Opening, type Visit } from "./visits.ts"

const roundCount = 3

/** What limits the misses, and what was tried. */
const limits = {
  paint:
    "A page that the server draws needs one round trip and no file before its first paint; others show content once their script has read it.",
  blocking:
    "Examined task by task: compiling and starting the scripts, and React taking over the page, on a processor four times slower. Tried: React in a separate file, and drawing as a transition in portions of 5 ms.",
  usable:
    "The scripts are asked for after the first paint, so they start one round trip later than they could; then 100 to 200 kB have to come over a slow line.",
  requests:
    "Pages that the browser draws ask for their reads and their parts one by one. Two seconds after a drawn page the frame reads its counts, up to three requests more on a line that is slower than that.",
}

/** One opening of a page by Lighthouse. Times in milliseconds. */
interface Load {
  paint: number
  blocking: number
  shift: number
}

type Opened = Load & { far: Visit; slow: Visit; slowHttp2: Visit }

/** Compares how long pages take to show content, and to become usable, with plain pages of the same words. */
export async function measureLoading(
  work: string,
  browser: Browser,
  pages: readonly (BenchPage & { plainUrl: string })[],
): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { name, url, cookie, row, plainUrl } of pages) {
    const fronts = await Promise.all([url, plainUrl].map((one) => startHttp2Front(work, new URL(one).origin)))
    const open = async (kind: string, page: Opening, front: string): Promise<Opened> => {
      const overHttp2 = { ...page, url: `${front}${new URL(page.url).pathname}` }
      return {
        ...(await load(join(work, `profile-${performance.now()}-${kind}`), page)),
        far: await visit(browser, page, farAway),
        slow: await visit(browser, page, slowPhone),
        slowHttp2: await visit(browser, overHttp2, slowPhone),
      }
    }
    const { ours, plain } = await interleave(roundCount, {
      ours: () => open("ours", { url, cookie, row }, fronts[0]?.origin ?? ""),
      plain: () =>
        open("plain", { url: plainUrl, cookie: null, row: "#row", isStatic: true }, fronts[1]?.origin ?? ""),
    })
    for (const front of fronts) front.close()
    const toFigure = compare({ ours, peer: { what: "plain page", rounds: plain } })
    const slow = "real throttling"
    figures.push(
      toFigure(`${name}: largest paint`, "ms", ({ paint }) => paint, { ofPeer: 1 }, limits.paint),
      toFigure(
        `${name}: round trips before the first row`,
        "",
        ({ far }) => far.rowMs / farAway.latencyMs,
        1.5,
        limits.paint,
      ),
      toFigure(`${name}: first row, ${slow}`, "ms", (one) => one.slow.rowMs),
      toFigure(`${name}: first row, ${slow}, HTTP/2`, "ms", (one) => one.slowHttp2.rowMs),
      toFigure(`${name}: usable, ${slow}`, "ms", (one) => one.slow.usableMs, 2_300, limits.usable),
      toFigure(`${name}: usable, ${slow}, HTTP/2`, "ms", (one) => one.slowHttp2.usableMs),
      toFigure(`${name}: blocking time`, "ms", ({ blocking }) => blocking, 100, limits.blocking),
      toFigure(`${name}: layout shift`, "", ({ shift }) => shift, 0.01),
      toFigure(`${name}: requests of a first visit`, "", ({ far }) => far.requests, 8, limits.requests),
      toFigure(`${name}: all bytes, stream included`, "KB", ({ far }) => far.kb),
    )
  }
  return figures
}

/** Opens a page by Lighthouse, which now and then loses the trace of a load. */
async function load(profile: string, page: Pick<Opening, "url" | "cookie">, triesLeft = 3): Promise<Load> {
  try {
    const { audits } = await examine(`${profile}-${triesLeft}`, { ...page, categories: ["performance"] })
    const read = (id: string) => audits[id]?.numericValue ?? Number.NaN
    return {
      paint: read("largest-contentful-paint"),
      blocking: read("total-blocking-time"),
      shift: read("cumulative-layout-shift"),
    }
  } catch (error) {
    if (triesLeft === 1) throw error
    return await load(profile, page, triesLeft - 1)
  }
}
