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
    how: "5 projects of 50 connections, in one of which every connection waits for a person; each page beside a static file of the same words: elements without attributes, no script, one linked stylesheet of the product's size, compressed alike, from node:http. Largest paint, blocking time and shift are those of Lighthouse's mobile profile, over HTTP/1.1. Real throttling: each request waits 562 ms, 1.5 Mb/s, a processor four times slower; round trips: each request waits 500 ms, and nothing else is slowed. The first row counts by Element Timing, usable is when React has it; over HTTP/2 both stand behind the same proxy. Using, on a processor four times slower: 1,000 connections. Medians of 3 interleaved rounds.",
    packages: ["openssl"],
    run: measurePages,
  },
  {
    id: "creates",
    title: "Creates and reads under load",
    how: "20 projects of 50 connections, 64 clients that are 64 people, a stand-in for Atlas that answers at once; medians of 3 interleaved rounds, each with a new database; one round on another Node. The peer signs and forwards the same requests and does nothing else. The goals are those of the image's Node.",
    packages: ["postgresql"],
    run: measureCreates,
  },
  {
    id: "digest",
    title: "Signed calls to Atlas",
    how: "A server with Jetty's rules for digests: a nonce lives for 60 seconds and takes 1,023 counts. It answers at once for processor time, and after 50 ms for waits. Each client is a separate process; medians of 3 interleaved rounds.",
    packages: ["curl"],
    run: measureDigest,
  },
  {
    id: "polling",
    title: "Polling of Atlas",
    how: "20 projects of 50 connections, viewed by ten browsers each, which leave seven of them after 15 seconds; counted for a minute once the paces were learned. Every call that belongs to a project counts, where it arrives.",
    run: measurePolling,
  },
  {
    id: "streams",
    title: "Event streams",
    how: "10,000 streams of 320 people on one project of 500 connections, opened 64 at a time, left alone, cut and opened again; medians of three starts; the peer starts once. Memory after a forced collection, less that before the first stream; the median of five events. The peer has no sessions, no polls and no heartbeats.",
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
    how: "A read costs the processor so much while another client asks for the health of the server every 20 ms over a new connection; medians of 3 rounds of 8 reads, less what the server uses when nobody reads. The database counts by its pages in use.",
    packages: ["sqlite3"],
    run: measureGrowth,
  },
]
