import { Engine } from '../../../local/dynamodb/engine.ts';

// A process that starts the engine, says its port and the file of its tables, and stays until it is killed.
const engine = new Engine({ onLoss: () => process.exit(1) });
await engine.start();
process.stdout.write(`${JSON.stringify([engine.port, engine.file])}\n`);
setInterval(() => undefined, 60_000);
