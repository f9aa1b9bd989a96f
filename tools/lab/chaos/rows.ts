import { walkClusters } from "#tools/lab/oracle/report.ts"
import { breakAtlas, slowAtlas, slowDown } from "./atlas-outages.ts"
import { setClocks } from "./clocks.ts"
import { loseAnswers } from "./creates.ts"
import { killUnderLoad } from "./kills.ts"
import { breakLinks } from "./links.ts"
import { tryPooler } from "./pooler.ts"
import { loseReaders } from "./readers.ts"
import { restServers } from "./rest.ts"
import type { Area } from "#tools/lab/area.ts"
import { breakServers } from "./servers.ts"
import { soak } from "./soak.ts"
import { returnAtOnce, stopGently } from "./stops.ts"
import { breakPostgres, breakSqlite } from "./stores.ts"
import { tamperWithLogs } from "./tampered-logs.ts"
import { takeWalks } from "./walks.ts"

/** Every row, in the order of the report. A new one is a file beside this and a line here. */
export const rows: readonly Area[] = [
  {
    id: "creates",
    title: "Creates, edits and deletions whose answer is lost",
    how: "Two servers over PostgreSQL; the way to Atlas is cut, reset or swallowed at random bytes, and the servers are killed in turn (kill -9). Three clouds, four projects, double clicks, two people with one network. Each connection on AWS that was made is edited three times, and all are deleted.",
    packages: ["postgresql"],
    run: loseAnswers,
  },
  {
    id: "atlas",
    title: "Atlas is away",
    how: "A minute each of refused connections, swallowed bytes, and a balancer's 503 with a web page, with a stream open. The bar asks for ten minutes; the circuit is open after the first twenty seconds.",
    run: breakAtlas,
  },
  {
    id: "atlas-slow",
    title: "Atlas answers one project in 30 seconds",
    how: "Four lists of the slow project wait while another project is read ten times a second.",
    run: slowAtlas,
  },
  {
    id: "atlas-429",
    title: "Atlas asks for a pause",
    how: "Three answers of 429 with each kind of Retry-After, each in a separate project that somebody views and reads twice a second.",
    run: slowDown,
  },
  {
    id: "servers",
    title: "Three servers over one PostgreSQL",
    how: "A browser at each, and clocks that differ by up to two minutes. Another tool creates connections at Atlas, whose states polls see. The server that polls is stopped for 30 seconds while a state changes (SIGSTOP, SIGCONT), then killed twice (kill -9); Atlas counts its calls.",
    packages: ["postgresql"],
    run: breakServers,
  },
  {
    id: "rest",
    title: "Three servers at rest",
    how: "Three servers over one PostgreSQL poll 1,000 projects with a connection each. Nobody looks, and nothing moves.",
    packages: ["postgresql"],
    run: restServers,
  },
  {
    id: "pooler",
    title: "Behind PgBouncer in transaction mode",
    how: "Two servers, whose notices get lost.",
    packages: ["postgresql", "pgbouncer"],
    run: tryPooler,
  },
  {
    id: "links",
    title: "Random faults on all ways at once",
    how: "Two servers; their ways to Atlas, PostgreSQL and the identity provider are cut, reset, delayed, dripped and held open at random, and then all is well again.",
    packages: ["postgresql"],
    run: breakLinks,
  },
  {
    id: "kills",
    title: "kill -9 under load",
    how: "8 writers, 2 readers of the audit log and 4 streams; killed at a random moment and started again: 55 times, of 200 that the bar asks for, since each costs ten seconds. What becomes of changes and streams then is in the row oracle.",
    packages: ["postgresql", "sqlite3"],
    run: killUnderLoad,
  },
  {
    id: "sigterm",
    title: "SIGTERM with streams and creates",
    how: "Two people with 500 streams each, on SQLite. The bar for 5,000 streams is tried with 1,000 here: readers and server share the machine.",
    run: stopGently,
  },
  {
    id: "storm",
    title: "Everybody comes back at once",
    how: "kill -9 with open streams, and a start at the same address. The bar for 5,000 streams is tried with 1,000 here: readers and server share the machine.",
    run: returnAtOnce,
  },
  {
    id: "readers",
    title: "Browsers that vanish without a word",
    how: "iptables drops all that the server sends to ten open streams.",
    packages: ["iptables", "iproute2"],
    run: loseReaders,
  },
  {
    id: "postgres",
    title: "PostgreSQL is away, frozen, read-only or full",
    how: "A minute each, with a stream, reads and creates. Full is a file system of 160 MB.",
    packages: ["postgresql"],
    run: breakPostgres,
  },
  {
    id: "sqlite",
    title: "SQLite is locked or its disk is full",
    how: "A minute each, with a stream, reads and creates. Another process holds the write lock; full is a file system of 8 MB.",
    packages: ["sqlite3"],
    run: breakSqlite,
  },
  {
    id: "clock",
    title: "The clock is set",
    how: "libfaketime sets the server's clock back an hour while it runs, then two days ahead.",
    packages: ["libfaketime"],
    run: setClocks,
  },
  {
    id: "log",
    title: "Somebody changes the audit log in the database",
    how: "Copies of a log of 30 rows with two keys on SQLite: rows cut, rewritten with the right hashes, changed, taken out or added, keys deleted, and signed ends that are missing, forged or of another row. Half of them while a server runs; it verifies all rows a minute later.",
    run: tamperWithLogs,
  },
  {
    id: "walks",
    title: "Random walks",
    how: "Simulated time: creates, deletes, acts of the other side, faults of lists, strange answers, viewers that come and go, and servers that are off for minutes. Afterwards each timeline is compared with what really was.",
    run: takeWalks,
  },
  {
    id: "oracle",
    title: "Random storms over one to three servers",
    how: "Servers with different clocks and delays, one after another on SQLite and PostgreSQL. Storms of creates, repeated keys, edits, deletions, display names, approvals and containers, while others change the same projects at Atlas, answers get lost or come late, and servers are killed or stopped, also between their check and Atlas. After each storm every list, stream, label, log entry and message is compared with what Atlas did.",
    packages: ["postgresql", "sqlite3"],
    run: walkClusters,
  },
  {
    id: "soak",
    title: "A long time under small load",
    how: "200 streams, 4 of them cut each second, and 20 creates a minute, for ten minutes at least.",
    run: soak,
  },
]
