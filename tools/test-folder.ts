import { chmodSync, existsSync, mkdtempSync, statfsSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/**
 * Creates a folder, in memory where there is room: a third of the tests' time would go to databases that wait for a disk, and
 * nothing in them has to survive a power cut.
 */
export function createTestFolder(): string {
  const memory = "/dev/shm"
  const hasRoom = () => {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize > 2 * 1024 ** 3
  }
  const parent = existsSync(memory) && hasRoom() ? memory : tmpdir()
  const created = mkdtempSync(join(parent, "peering-desk-tests-"))
  // PostgreSQL runs as another user.
  chmodSync(created, 0o711)
  return created
}
