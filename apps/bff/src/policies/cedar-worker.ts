import * as cedar from "@cedar-policy/cedar-wasm/nodejs"
import { answerQuestions } from "#base/answer-questions.ts"

// A text that makes Cedar's engine throw ends the thread, since the engine may not work after that.
answerQuestions({ policyToJson: cedar.policyToJson, isAuthorized: cedar.isAuthorized })
