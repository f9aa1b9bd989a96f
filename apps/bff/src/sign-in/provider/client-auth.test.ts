import { expect, it } from "vitest"
import { chooseClientAuth } from "./client-auth.ts"

const basic = ["client_secret_basic"]
const post = ["client_secret_post"]

it.each([
  ["basic", "plain-_secret", null, [...basic, ...post]],
  ["post", "with+", null, [...basic, ...post]],
  ["basic", "with+", "basic", [...basic, ...post]],
  ["post", "plain", "post", basic],
  ["basic", "with+", null, basic],
  ["basic", "with+", null, undefined],
  ["post", "plain", null, post],
] as const)(
  "the client's secret goes by %s: secret %s, setting %s, offered %j",
  (method, clientSecret, setting, offered) => {
    expect(chooseClientAuth({ clientId: "peering-desk", clientSecret }, setting, offered)).toBe(method)
  },
)
