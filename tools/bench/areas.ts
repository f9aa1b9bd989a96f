import type { Area } from "./area.ts"
import { measurePages } from "./pages.ts"
import { measureStart } from "./start.ts"

/** Every area, in the order of the report. A new one is a file beside this and a row here. */
export const areas: readonly Area[] = [
  {
    id: "pages",
    title: "Pages in a browser",
    how: "The built pages with 1,000 connections and 2,000 blocks, on a processor four times slower; medians of interleaved rounds.",
    packages: [],
    run: measurePages,
  },
  {
    id: "start",
    title: "Start, and verification of the audit log",
    how: "The built server on SQLite, without an Atlas that answers; medians of interleaved rounds.",
    packages: [],
    run: measureStart,
  },
]
