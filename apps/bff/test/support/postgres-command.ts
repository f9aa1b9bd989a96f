import { startPostgres } from "./postgres.ts"

// For tests of the whole product in separate processes: a PostgreSQL server until this process's input closes.
const server = await startPostgres()
process.stdout.write(`${await server.createDatabase()}\n`)
process.stdin.resume()
process.stdin.on("end", () => void server.stop())
