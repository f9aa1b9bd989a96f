import { join } from "node:path"
import { examine, type Report } from "#tools/lighthouse.ts"
import { interleave } from "#tools/lab/bench/rounds.ts"
import { toMedian, type Figure } from "#tools/lab/figure.ts"

/** A page of ours that is measured. */
interface BenchPage {
  name: string
  url: string
  /** The session of the person who opens it. */
  cookie: string
  /** Its largest paint may come at this multiple of the hand-written page's. */
  mostLcp: number
}

const roundCount = 3
const blockingLimitMs = 100
const weight =
  "Tried: everything in one round trip after the HTML, brotli 11, and fewer files, which took away two to three round trips. Merging the two dozen small files of a connection or a form as well made the other pages load 40 kB that they don't need. React and what our pages have in common are 95 kB, half a second of the simulated line, before any content. A smaller library or HTML drawn on the server would be the next step."
const drawing =
  "Examined task by task: compiling and starting the scripts, and React drawing the first content, on a processor four times slower. Tried: the frame, the forms and a connection are drawn as transitions, in portions of 5 ms. That took a third to a half. What is left is starting the entry, and style and layout of what appears at once."

interface Load {
  lcpMs: number
  fcpMs: number
  blockingMs: number
  shift: number
  /** Bytes on the wire, scripts among them, in kB. */
  totalKb: number
  scriptKb: number
  requests: number
}

/**
 * How long pages take to show their content on a slow phone (Lighthouse's mobile profile), beside a hand-written page of the same form.
 * @param plainUrl where the hand-written page is
 */
export async function measureLoading(
  work: string,
  pages: readonly BenchPage[],
  plainUrl: string,
): Promise<Figure[]> {
  let visit = 0
  const load = async (url: string, cookie: string | null) => {
    visit += 1
    return toLoad(await examine(join(work, `profile-${visit}`), { url, cookie, categories: ["performance"] }))
  }
  const loads = await interleave(roundCount, {
    plain: () => load(plainUrl, null),
    ...Object.fromEntries(pages.map(({ name, url, cookie }) => [name, () => load(url, cookie)])),
  })
  const peers = loads.plain ?? []
  return pages.flatMap(({ name, mostLcp }) => {
    const ours = (loads as Record<string, Load[]>)[name] ?? []
    const toFigure = (
      what: string,
      unit: string,
      goal: Figure["goal"],
      read: (one: Load) => number,
      limitedBy?: string,
    ): Figure => ({
      what: `${name}: ${what}`,
      unit,
      seen: toMedian(ours, read),
      peer: { what: "hand-written page", value: toMedian(peers, read) },
      goal,
      ...(limitedBy !== undefined && { limitedBy }),
    })
    return [
      toFigure("largest paint", "ms", { atMost: mostLcp, of: "peer" }, ({ lcpMs }) => lcpMs, weight),
      toFigure("first paint", "ms", null, ({ fcpMs }) => fcpMs),
      toFigure(
        "blocking time",
        "ms",
        { atMost: blockingLimitMs, of: "unit" },
        ({ blockingMs }) => blockingMs,
        drawing,
      ),
      toFigure("layout shift", "", { atMost: 0.01, of: "unit" }, ({ shift }) => shift),
      toFigure("all bytes", "kB", null, ({ totalKb }) => totalKb),
      toFigure("bytes of scripts", "kB", null, ({ scriptKb }) => scriptKb),
      toFigure("requests", "", null, ({ requests }) => requests),
    ]
  })
}

function toLoad({ audits }: Report): Load {
  const read = (id: string) => audits[id]?.numericValue ?? Number.NaN
  const requests = audits["network-requests"]?.details?.items ?? []
  const sum = (some: typeof requests) =>
    some.reduce((bytes, { transferSize = 0 }) => bytes + transferSize, 0) / 1000
  return {
    lcpMs: read("largest-contentful-paint"),
    fcpMs: read("first-contentful-paint"),
    blockingMs: read("total-blocking-time"),
    shift: read("cumulative-layout-shift"),
    totalKb: sum(requests),
    scriptKb: sum(requests.filter(({ resourceType }) => resourceType === "Script")),
    requests: requests.length,
  }
}
