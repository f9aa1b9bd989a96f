import { pagePaths } from "#shared/page-paths.ts"

/** Builds the address of the map with a selected block. */
export function toBlockPath(cidr: string): string {
  return `${pagePaths.addressSpace()}?block=${cidr}`
}
