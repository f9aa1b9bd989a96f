import { answerQuestions } from "#base/answer-questions.ts"
import { readForNetwork, type LookUpQuestion } from "./read-for-network.ts"

// JSON is quicker to hand over than the facts themselves.
answerQuestions({ read: (question: LookUpQuestion) => JSON.stringify(readForNetwork(question)) })
