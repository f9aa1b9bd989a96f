/* oxlint-disable no-console -- the package writes its warnings there */
import type { default as ProviderClass } from "oidc-provider"

/**
 * Loads `oidc-provider` without its warning that it supports Node 22 and later only. Everything used here works on
 * Node 20, where the tests run. Other warnings pass.
 */
export async function loadProvider(): Promise<typeof ProviderClass> {
  const warn = console.warn
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes("Unsupported runtime.")) warn(...words)
  }
  try {
    return (await import("oidc-provider")).default
  } finally {
    console.warn = warn
  }
}
