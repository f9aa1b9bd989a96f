import type { Area } from "#tools/lab/area.ts"
import { measureCreates } from "./creates.ts"
import { measureDigest } from "./digest.ts"
import { measureGrowth } from "./growth.ts"
import { measurePages } from "./pages.ts"
import { measurePolling } from "./polling.ts"
import { measureStart } from "./start.ts"
import { measureStreams } from "./streams.ts"

/** Every area, in the order of the report. A new one is a file beside this and a row here. */
export const areas: readonly Area[] = [
  {
    id: "pages",
    title: "Pages in a browser",
    how: "Loading: Lighthouse's mobile profile on the built server with 5 projects of 10 connections, beside a hand-written page with the same form. Using, on a processor four times slower: the form of each cloud, typed into; the built pages with 1,000 connections and 2,000 blocks. Medians of interleaved rounds.",
    run: measurePages,
  },
  {
    id: "creates",
    title: "Creates and reads under load",
    how: "20 projects of 50 connections, 64 clients with 16 sessions, a stand-in for Atlas that answers at once; medians of 3 interleaved rounds, each with a new database. The peer signs and forwards the same requests and does nothing else.",
    packages: ["postgresql"],
    run: measureCreates,
  },
  {
    id: "digest",
    title: "Signed calls to Atlas",
    how: "A server with Jetty's rules for digests: a nonce lives for 60 seconds and takes 1,023 counts. It answers at once for processor time, and after 50 ms for waits. Each client is a separate process; medians of 3 interleaved rounds.",
    packages: ["curl", "python3"],
    run: measureDigest,
  },
  {
    id: "polling",
    title: "Polling of Atlas",
    how: "20 projects of 50 connections, 13 of them viewed by ten browsers each, for a minute after the paces were learned. Calls are counted where they arrive.",
    run: measurePolling,
  },
  {
    id: "streams",
    title: "Event streams",
    how: "10,000 streams of 200 people on one project of 500 connections, opened 64 at a time, then left alone; the median of seven events. The peers have no sessions, no polls and no heartbeats. One after the other, since each needs ten thousand connections.",
    run: measureStreams,
  },
  {
    id: "start",
    title: "Start, and verification of the audit log",
    how: "The built server on SQLite, without an Atlas that answers; medians of interleaved rounds.",
    run: measureStart,
  },
  {
    id: "growth",
    title: "Growth",
    how: "One project of 10 to 5,000 connections, read once its answers are warm, in turn with a plain server that has the same text ready and packs it; medians of 3 interleaved rounds. Overview is opened with 50,000 connections of 500 and of 5,000 projects while another client asks for the health of the server every 20 ms; medians of 5 rounds of 4 openings, less what the server uses when nobody opens it. The database is measured after a stop.",
    run: measureGrowth,
  },
]
