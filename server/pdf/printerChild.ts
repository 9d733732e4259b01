// Duty: the process that draws pages: orders in, bytes out. It knows no database and asks nobody anything.
import type { PageModule, Printed, PrintOrder } from './printer.ts';

async function print({ id, module, input }: PrintOrder): Promise<Printed> {
  try {
    const pages: PageModule = await import(module);
    return { id, content: await pages.print(input as never) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

process.on('message', async (order: PrintOrder) => {
  process.send?.(await print(order));
});
process.once('disconnect', () => process.exit());
