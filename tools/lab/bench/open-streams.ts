import { once } from "node:events"
import { connect, type Socket } from "node:net"

/** Request line and headers of a stream, without the empty line. */
type ToHead = (index: number) => string

/** Opens event streams over sockets of their own, so many at a time, and returns them in their order. Their bytes are thrown away until somebody listens. */
export async function openStreams(
  origin: string,
  count: number,
  toHead: ToHead,
  atOnce = 64,
): Promise<Socket[]> {
  const { host, port } = new URL(origin)
  const sockets: Socket[] = []
  let next = 0
  const openSome = async () => {
    while (next < count) {
      const socket = connect(Number(port), "127.0.0.1")
      const index = (next += 1) - 1
      socket.write(`${toHead(index)}\r\nHost: ${host}\r\n\r\n`)
      const [begin] = (await once(socket, "data")) as [Buffer]
      if (!begin.toString().startsWith("HTTP/1.1 200")) throw new Error(begin.toString().slice(0, 500))
      sockets[index] = socket.resume()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, openSome))
  return sockets
}

/** Returns when a text came, on `performance.now`. */
export function readUntil(socket: Socket, text: string): Promise<number> {
  return new Promise((resolve) => {
    let end = ""
    const look = (bytes: Buffer) => {
      // A text may be spread over two packets.
      const seen = end + bytes.toString("latin1")
      end = seen.slice(-text.length)
      if (!seen.includes(text)) return
      socket.off("data", look)
      socket.resume()
      resolve(performance.now())
    }
    socket.on("data", look)
  })
}

export const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000))
