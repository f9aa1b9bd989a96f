export { mergePasted, pastedSourceWords, readPastedFacts } from "@peering-desk/peering-rules"
