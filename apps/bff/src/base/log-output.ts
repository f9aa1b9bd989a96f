import type { Writable } from "node:stream"
import { waitAtMost, type Clock } from "./clock.ts"

/** Bytes that may wait in memory for a reader that stopped reading: some thousand lines. */
const mostWaitingBytes = 4 * 1024 * 1024

/**
 * Writes log lines to a stream and never waits for its reader. Lines that don't fit into the waiting bytes, or fail, are dropped and
 * counted. `process.stdout` doesn't block on a pipe or a socket, unlike writes by file descriptor, which would also hold up the
 * process's end.
 */
export class LogOutput {
  readonly #stream: Writable
  readonly #limit: number
  readonly #onDropped: (lines: number) => void
  #dropped = 0

  /**
   * @param onDropped told the number of dropped lines once the stream takes lines again
   * @param limit the bytes that may wait
   */
  constructor(stream: Writable, onDropped: (lines: number) => void, limit = mostWaitingBytes) {
    this.#stream = stream
    this.#limit = limit
    this.#onDropped = onDropped
    // A failed write is counted in its callback. Without a listener it would end the process.
    stream.on("error", () => undefined)
  }

  write(line: string): void {
    if (this.#stream.writableLength + line.length > this.#limit) this.#dropped += 1
    else
      this.#stream.write(line, (error) => {
        if (error) this.#dropped += 1
        else this.#reportDropped()
      })
  }

  /** Resolves when the reader has everything, or after `ms`. */
  async flush(clock: Clock, ms: number): Promise<void> {
    if (this.#stream.writableLength === 0) return
    await waitAtMost(clock, ms, [new Promise<void>((resolve) => this.#stream.write("", () => resolve()))])
  }

  #reportDropped(): void {
    if (this.#dropped === 0 || this.#stream.writableLength > this.#limit / 2) return
    const dropped = this.#dropped
    this.#dropped = 0
    this.#onDropped(dropped)
  }
}
