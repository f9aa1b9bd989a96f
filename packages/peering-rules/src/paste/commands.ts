import { newContainerMark } from "@peering-desk/shared-schemas"
import { toFacts } from "#formats/facts.ts"
import { parseLooseJson } from "#formats/loose-json.ts"
import { quote } from "#formats/phrases.ts"
import { parseShellCommands, type ShellCommand } from "#formats/shell.ts"
import { projectRule, readAtlasCli } from "./atlas-cli.ts"
import { atlasKind } from "./atlas.ts"
import type { Pasted } from "./pasted.ts"
import { choose, mostChoices, readKinds, readThing, withRepairs } from "./things.ts"

/** A line that begins with a command. A row of a table may begin with the word atlas too, but with more spaces behind it. */
const commandStart =
  /^[ \t]*(?:[A-Z]:[^>\n]{0,200}>\s*|[$>#%]\s*)?(?:sudo\s+|cat\s[^\n|]*\|\s*)?(?:curl(?:\.exe)?\s|(?:atlas|mongocli(?: atlas)?) (?:networking|clusters?|projects?|access[lL]ists?|auth|config|api|privateEndpoints?|setup)\b)/m

/** Writes a command of Windows's cmd.exe as a shell would: there a caret continues the line and escapes a character. */
function fromCmd(text: string): string {
  return /\^\s*\r?\n/.test(text) ? text.replace(/\^[ \t]*\r?\n\s*/g, " ").replace(/\^(.)/g, "$1") : text
}

/** Reads curl and Atlas CLI commands. Null when the text has no such command. */
export function readCommands(text: string): Pasted | null {
  if (!commandStart.test(text.slice(0, 20_000))) return null
  const commands = parseShellCommands(
    fromCmd(text).replace(/^\s*(?:[A-Z]:[^>\n]{0,200}>|[$>#%])\s*(?=curl|atlas|mongocli)/, ""),
  )
  const read = commands.slice(0, mostChoices).flatMap(
    // A command may hand its input on to the next.
    (command, at) =>
      readCommand({ ...command, input: command.input ?? commands[at - 1]?.input ?? null }) ?? [],
  )
  const telling = read.filter(({ fields }) => Object.keys(fields.request).length > 0)
  const choices = telling.map((pasted) => ({
    title: quote([pasted.providerName ?? [], Object.values(pasted.fields.request)].flat().join(", ")),
    pasted,
  }))
  return joinContainer(telling) ?? choose("curl", choices, "commands here") ?? read[0] ?? null
}

function readCommand(command: ShellCommand): Pasted | null {
  const words = command.words[0] === "sudo" ? command.words.slice(1) : command.words
  if (words[0] === "curl" || words[0] === "curl.exe") return readCurl({ ...command, words })
  if (words[0] !== "atlas" && words[0] !== "mongocli") return null
  return withRepairs(readAtlasCli(words), command.repairs)
}

const dataOption = /^(?:--(?:data(?:-raw|-binary|-ascii)?|json)(?:=|$)|-d)([^]*)$/

const noBodyRules = [
  "{?stdin}The body comes from another command. Paste that.",
  "{!stdin}The body is in the file {file}. Paste that.",
  "{!stdin}{!file}The command has no peering in its body.",
]

/** Reads a curl command by the body that it sends, joined to its option or in the next word. */
function readCurl({ words, input, repairs }: ShellCommand): Pasted {
  const at = words.findIndex((word) => dataOption.test(word))
  const given = at < 0 ? "" : dataOption.exec(words[at] ?? "")?.[1] || (words[at + 1] ?? "")
  const data = given === "@-" ? (input ?? given) : given
  const body = parseLooseJson(data)
  const pasted = readKinds([{ ...atlasKind, source: "curl" }], [body?.value])
  const url = words.find((word) => /^(?:https?:\/\/|\S{0,100}cloud\.mongodb\.com\/)/.test(word)) ?? ""
  const [, project = null] = /\/groups\/([0-9a-f]{24})(?:\/|$)/.exec(url.slice(0, 500)) ?? []
  const [file, stdin] = data.startsWith("@") ? [data.slice(1), data === "@-" ? data : null] : []
  const rules = pasted === null ? [projectRule, ...noBodyRules] : [projectRule]
  const own = readThing({ source: "curl", rules }, toFacts({ project, file, stdin }))
  const whole = pasted === null ? own : { ...pasted, notes: [...pasted.notes, ...own.notes] }
  return withRepairs(whole, [...(body?.repairs ?? []), ...repairs])
}

/** Joins a call that creates a container with the call that creates a peering in it. Null when the calls are anything else. */
function joinContainer([container, peering, ...others]: readonly Pasted[]): Pasted | null {
  const newContainer = container?.fields.newContainer ?? null
  if (container === undefined || peering === undefined || others.length > 0 || newContainer === null)
    return null
  const { request } = peering.fields
  if (request.containerId !== undefined || container.providerName !== peering.providerName) return null
  const notes = [...container.notes, ...peering.notes].filter((note) => !note.startsWith("containerId "))
  const fields = { request: { ...request, containerId: newContainerMark }, newContainer }
  return { ...peering, fields, notes: [...new Set(notes)] }
}
