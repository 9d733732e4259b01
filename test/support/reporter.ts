// Duty: mocha's usual report, and what it hides of a test that was run again: how its first attempt failed. No test logic here.
import Mocha, { type MochaOptions, type Runner, type Test } from 'mocha';

const { EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_RETRY } = Mocha.Runner.constants;

type Attempt = Test & { currentRetry(): number };

/** Without mocha's own steps on the way there. */
const whereItFailed = ({ stack, message }: Error) =>
  (stack ?? message).replace(/\n +at .*(node_modules\/mocha|node:internal)\/.*/g, '');

/** `.ci/run` counts the lines that begin with "passed at the second attempt". */
class SpecWithFirstErrors extends Mocha.reporters.Spec {
  readonly #firsts = new Map<string, string>();
  readonly #failed: string[] = [];

  constructor(runner: Runner, options?: MochaOptions) {
    super(runner, options);
    runner.on(EVENT_TEST_RETRY, (test: Test, error: Error) => {
      const told = `failed at the first attempt: ${test.fullTitle()}\n${whereItFailed(error)}`;
      this.#firsts.set(test.fullTitle(), told);
      // At once: a run that is cut off has no end to say it at.
      console.log(told);
    });
    runner.on(EVENT_TEST_PASS, (test: Test) => {
      if ((test as Attempt).currentRetry() > 0)
        console.log(`passed at the second attempt: ${test.fullTitle()}`);
    });
    runner.on(EVENT_TEST_FAIL, (test: Test) => {
      const first = this.#firsts.get(test.fullTitle());
      if (first) this.#failed.push(first);
    });
  }

  override epilogue(): void {
    super.epilogue();
    if (this.#failed.length === 0) return;
    console.log('What failed twice, at its first attempt:\n');
    for (const told of this.#failed) console.log(`${told}\n`);
  }
}

export default SpecWithFirstErrors;
