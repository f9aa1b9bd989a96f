import { newContainerMark, providerLabels, type ProviderName } from "@peering-desk/shared-schemas"
import { toOneSpelling } from "#addresses/cidr-range.ts"
import { quote } from "#formats/phrases.ts"
import { toText } from "#formats/unknown-json.ts"
import { cloudOfField, parseFieldValue } from "./fields.ts"
import type { Candidate, OpenField, Pasted, PastedField, PastedSource, RequestField } from "./pasted.ts"

const mostNotes = 30
/** More than any network that a person would look through. */
const mostBlocks = 100
/** More values of one field than anybody looks through. */
const mostCandidates = 20

/** Collects what one text says. The first value of a field stays; one that contradicts it is noted and left out. */
export class PastedBuilder {
  providerName: ProviderName | null = null
  readonly #values = new Map<PastedField, string[]>()
  readonly #froms = new Map<PastedField, string>()
  readonly #notes = new Set<string>()
  readonly #open: OpenField[] = []

  note(sentence: string): void {
    if (this.#notes.size < mostNotes) this.#notes.add(sentence)
  }

  /** Sets the cloud, unless another one is set. */
  setCloud(cloud: ProviderName | null): void {
    this.#isOfOneCloud(cloud, `The word ${cloud}`)
  }

  /** Returns the value that a field has so far; the first one of a list. */
  get(field: PastedField): string | null {
    return this.#values.get(field)?.[0] ?? null
  }

  /**
   * Puts a value into a field if the field's rule takes it. Ignores what is no text. `regions`, `networkBlocks` and `peeredBlocks`
   * collect; `networkBlocks` leaves out what is no IPv4 block, since Atlas peers over IPv4 only.
   * @param from where the value is from, in words that begin a sentence
   */
  put(field: PastedField, given: unknown, from: string): void {
    const text = toText(given)?.trim()
    if (text === undefined) return
    if (field === "networkBlocks") {
      const block = toOneSpelling(text)
      return block === null ? undefined : this.#add(field, block, from)
    }
    if (field === "peeredBlocks") {
      const value = toOneSpelling(text) ?? text
      return /^[\w./-]{1,80}$/.test(value) ? this.#add(field, value, from) : undefined
    }
    const { value, problem } = parseFieldValue(field, this.providerName, text)
    const named = problem?.startsWith(text) === true ? "" : `${quote(text)}. `
    if (problem !== null) return this.note(`${from} skipped: ${named}${problem}.`)
    if (!this.#isOfOneCloud(cloudOfField(field), from)) return
    const first = field === "regions" ? null : this.get(field)
    if (first === null || first === value) {
      if (value !== text) this.note(`${quote(text)} changed to ${value}.`)
      return this.#add(field, value, from)
    }
    const place = this.#froms.get(field) ?? from
    const both =
      place === from ? `${from} has ${first} and ${value}` : `${place} has ${first}, ${from} has ${value}`
    this.note(`${both}. The first is used.`)
  }

  /** Leaves a field empty, for a person to choose among values that its rule takes. The first ones stay. */
  leaveOpen(field: RequestField, candidates: readonly Candidate[]): void {
    const possible = candidates.filter(
      ({ value }) => parseFieldValue(field, this.providerName, value).problem === null,
    )
    const isOpen = this.#open.some((one) => one.field === field)
    if (possible.length > 0 && !isOpen && this.#isOfOneCloud(cloudOfField(field), "The text"))
      this.#open.push({ field, candidates: possible.slice(0, mostCandidates) })
  }

  build(source: PastedSource): Pasted {
    const {
      atlasCidrBlock,
      region,
      regions,
      networkBlocks = [],
      peeredBlocks = [],
      ...rest
    } = Object.fromEntries(this.#values)
    const others = networkBlocks.filter((block) => block !== this.get("routeTableCidrBlock"))
    // A network with one block has no others, which is worth knowing too.
    const blocks = others.length === 0 ? networkBlocks : others
    if (blocks.length > mostBlocks)
      this.note(`${blocks.length} CIDRs found. The first ${mostBlocks} are checked.`)
    const newContainer = {
      ...(atlasCidrBlock && { atlasCidrBlock: atlasCidrBlock[0] }),
      ...(region && { region: region[0] }),
      ...(regions && { regions }),
    }
    const isNew = Object.keys(newContainer).length > 0
    const request = Object.fromEntries(Object.entries(rest).map(([field, [value]]) => [field, value]))
    if (isNew) request["containerId"] ??= newContainerMark
    return {
      source,
      providerName: this.providerName,
      fields: {
        request,
        newContainer: isNew ? newContainer : null,
        ...(blocks.length > 0 && { networkBlocks: blocks.slice(0, mostBlocks) }),
        ...(peeredBlocks.length > 0 && { peeredBlocks: peeredBlocks.slice(0, mostBlocks) }),
      },
      notes: [...this.#notes],
      choices: [],
      ...(this.#open.length > 0 && { open: this.#open }),
    }
  }

  #add(field: PastedField, value: string, from: string): void {
    const values = this.#values.get(field) ?? []
    if (!values.includes(value)) this.#values.set(field, [...values, value])
    if (values.length === 0) this.#froms.set(field, from)
  }

  #isOfOneCloud(cloud: ProviderName | null, what: string): boolean {
    this.providerName ??= cloud
    if (cloud === null || this.providerName === null || cloud === this.providerName) return true
    const [wrong, right] = [providerLabels[cloud], providerLabels[this.providerName]]
    this.note(`${what} skipped: it belongs to ${wrong}, the rest to ${right}.`)
    return false
  }
}
