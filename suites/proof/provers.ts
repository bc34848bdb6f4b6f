import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Answer, Question } from "./prover.ts";

/** Processes that answer questions of a proof, one for each core. */
export class Provers {
  readonly #children: readonly ChildProcess[];

  constructor() {
    this.#children = Array.from({ length: availableParallelism() }, () =>
      fork(fileURLToPath(new URL("./prover.ts", import.meta.url))),
    );
  }

  /**
   * @param atOnce questions that one process is asked at the same time
   * @param take is given each answer as it comes
   * @throws Error when a process ends before its time
   */
  async askAll<Asked extends Question>(
    questions: readonly Asked[],
    atOnce: number,
    take: (question: Asked, answer: Answer) => void,
  ): Promise<void> {
    const left = [...questions.entries()];
    const askNext = async (child: ChildProcess) => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [number, question] = next;
        take(question, await ask(child, number, question));
      }
    };
    await Promise.all(
      this.#children.flatMap((child) => Array.from({ length: atOnce }, () => askNext(child))),
    );
  }

  end(): void {
    for (const child of this.#children) {
      child.disconnect();
    }
  }
}

function ask(child: ChildProcess, number: number, question: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const hear = (message: { number: number; answer: Answer }) => {
      if (message.number === number) {
        settle();
        resolve(message.answer);
      }
    };
    const fail = (code: number | null) => {
      settle();
      reject(new Error(`a process of the proof ended (${code}) while it tried ${JSON.stringify(question)}`));
    };
    const settle = () => child.off("message", hear).off("exit", fail);
    child.setMaxListeners(0).on("message", hear).on("exit", fail).send({ number, question });
  });
}
