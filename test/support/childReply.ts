// Duty: the answer that a helper process of the tests gives to one message. What is asked is its starter's.
import type { ChildProcess } from 'node:child_process';

export type Reply = { error: string | null };

/** Rejects when the process ends without one. */
export function replyOf(child: ChildProcess): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('The helper process ended'));
    child.once('exit', ended);
    child.once('message', (reply: Reply) => {
      child.off('exit', ended);
      resolve(reply);
    });
  });
}
