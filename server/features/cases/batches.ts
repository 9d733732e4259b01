// Duty: do together what is asked for at the same time: while one round is under way, the next one gathers. What is done is the caller's.

interface Waiting<Input, Output> {
  input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/** `perform` gets everything that waited, and answers in the same order; when it throws, all of them fail. */
export function batched<Input, Output>(
  perform: (inputs: Input[]) => Promise<readonly Output[]>,
): (input: Input) => Promise<Output> {
  let gathering: Waiting<Input, Output>[] = [];
  let underWay = false;

  async function work(): Promise<void> {
    underWay = true;
    while (gathering.length > 0) {
      const round = gathering;
      gathering = [];
      try {
        const outputs = await perform(round.map(({ input }) => input));
        round.forEach(({ resolve }, index) => {
          resolve(outputs[index]!);
        });
      } catch (error) {
        for (const { reject } of round) reject(error);
      }
    }
    underWay = false;
  }

  return (input) =>
    new Promise((resolve, reject) => {
      gathering.push({ input, resolve, reject });
      if (!underWay) void work();
    });
}
